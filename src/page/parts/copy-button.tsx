import type { PageProps } from "../page-props.js";

interface CopyButtonProps {
  readonly children: string;
  /** Made when it is asked for. */
  readonly text: () => string;
  readonly run: PageProps["run"];
  /** Whether there is nothing that could be copied. */
  readonly disabled: boolean;
}

/** Copies a text. */
export function CopyButton(props: CopyButtonProps): preact.JSX.Element {
  const { children, text, run, disabled } = props;
  const copy = async (): Promise<string> => {
    await navigator.clipboard.writeText(text());
    return "Copied.";
  };
  return (
    <button type="button" disabled={disabled} onClick={() => void run(copy)}>
      {children}
    </button>
  );
}
