import { useEffect, useRef } from "preact/hooks";
import type { WebhookSubscription } from "../../index.js";

interface RemoveDialogProps {
  readonly redundant: readonly WebhookSubscription[];
  readonly onConfirm: () => void;
  /** Called after the dialog has closed, confirmed or not. */
  readonly onClose: () => void;
}

/** Asks before it deletes subscriptions. The browser keeps the focus inside and handles Escape. */
export function RemoveDialog(props: RemoveDialogProps): preact.JSX.Element {
  const { redundant, onConfirm, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const close = (): void => dialog.current?.close();
  const action = `Delete ${redundant.length} subscription${redundant.length === 1 ? "" : "s"}`;
  return (
    <dialog ref={dialog} aria-labelledby="dialog-title" onClose={onClose}>
      <h2 id="dialog-title">{action}?</h2>
      <p>Subscriptions with lower ids deliver all of their events, so nothing is lost.</p>
      <ul class="plan">
        {redundant.map(({ id, webhook_url, events }) => (
          <li key={id}>
            <b>{id}</b> <span class="url">{webhook_url}</span>
            <p class="faint">{events.join(", ")}</p>
          </li>
        ))}
      </ul>
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
