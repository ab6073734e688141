import type { PageProps } from "../page-props.js";

interface CopyButtonProps {
  readonly children: string;
  /** Called when the button is clicked. */
  readonly text: () => string;
  readonly run: PageProps["run"];
  /** Whether the text cannot be copied. */
  readonly disabled: boolean;
}

/** Copies a text to the clipboard. */
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
