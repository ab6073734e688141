import type { WebhookSubscription } from "../../index.js";
import { maskUrls } from "../../checks/mask-urls.js";
import { Dialog } from "../parts/dialog.js";

interface RemoveDialogProps {
  readonly redundant: readonly WebhookSubscription[];
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Shows what goes before it goes. */
export function RemoveDialog(props: RemoveDialogProps): preact.JSX.Element {
  const { redundant, onConfirm, onClose } = props;
  const count = redundant.length;
  const what = count === 1 ? "1 subscription" : `${count} subscriptions`;
  return (
    <Dialog
      title={`Delete ${what}?`}
      action={`Delete ${what}`}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>Subscriptions with lower ids deliver all of their events, so nothing is lost.</p>
      <ul class="plan">
        {redundant.map(({ id, webhook_url, events }) => (
          <li key={id}>
            <b>{id}</b> <span class="url">{maskUrls(webhook_url)}</span>
            <br />
            <span class="faint">{events.join(", ")}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
