import type { PageProps } from "../page-props.js";

interface CopyButtonProps {
  readonly children: string;
  /** Made when it is asked for. */
  readonly text: () => string;
  readonly run: PageProps["run"];
}

/** Copies a text. */
export function CopyButton({ children, text, run }: CopyButtonProps): preact.JSX.Element {
  const copy = async (): Promise<string> => {
    await navigator.clipboard.writeText(text());
    return "Copied.";
  };
  return (
    <button type="button" onClick={() => void run(copy)}>
      {children}
    </button>
  );
}
