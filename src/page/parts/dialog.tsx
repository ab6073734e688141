import { useEffect, useRef } from "preact/hooks";

interface DialogProps {
  readonly title: string;
  readonly children: preact.ComponentChildren;
  /** What the button says that does it. */
  readonly action: string;
  readonly onConfirm: () => void;
  /** Called when the dialog has closed, whether it was confirmed or not. */
  readonly onClose: () => void;
}

/** Asks before something happens. The browser keeps the focus inside, and closes it with Escape. */
export function Dialog(props: DialogProps): preact.JSX.Element {
  const { title, children, action, onConfirm, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const close = (): void => dialog.current?.close();
  return (
    <dialog ref={dialog} aria-labelledby="dialog-title" onClose={onClose}>
      <h2 id="dialog-title">{title}</h2>
      {children}
      <div class="actions">
        <button type="button" onClick={close}>
          Cancel
        </button>
        <button
          type="button"
          class="danger"
          onClick={() => {
            onConfirm();
            close();
          }}
        >
          {action}
        </button>
      </div>
    </dialog>
  );
}
