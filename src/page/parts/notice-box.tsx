/** The result of an action. */
export interface Notice {
  readonly text: string;
  readonly isError: boolean;
}

interface NoticeBoxProps {
  readonly notice: Notice | undefined;
  readonly close: () => void;
}

/** Shows the result of the last action; screen readers announce it. */
export function NoticeBox({ notice, close }: NoticeBoxProps): preact.JSX.Element {
  return (
    <div class="notices" role="status">
      {notice && (
        <div class={`notice ${notice.isError ? "is-error" : ""}`}>
          <p>{notice.text}</p>
          <button type="button" class="quiet" aria-label="Dismiss" onClick={close}>
            ✕
          </button>
        </div>
      )}
    </div>
  );
}
