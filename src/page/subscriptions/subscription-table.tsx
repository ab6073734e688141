import type { DuplicateGroup, WebhookSubscription } from "../../index.js";
import { maskUrls } from "../../checks/mask-urls.js";
import { ago } from "../parts/time.js";

interface SubscriptionTableProps {
  readonly subscriptions: readonly WebhookSubscription[];
  readonly groups: readonly DuplicateGroup[];
}

/** All subscriptions; those that deliver something twice are marked. */
export function SubscriptionTable(props: SubscriptionTableProps): preact.JSX.Element {
  const { subscriptions, groups } = props;
  const now = Date.now();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="All subscriptions">
      <table class="subscriptions">
        <thead>
          <tr>
            <th scope="col" class="number">
              ID
            </th>
            <th scope="col">URL</th>
            <th scope="col">Events</th>
            <th scope="col">Active</th>
            <th scope="col">Secret</th>
            <th scope="col">Last delivery</th>
            <th scope="col" class="number">
              Attempts
            </th>
          </tr>
        </thead>
        <tbody>
          {subscriptions.map((subscription) => (
            <Row
              key={subscription.id}
              subscription={subscription}
              mark={findMark(subscription, groups)}
              now={now}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly subscription: WebhookSubscription;
  readonly mark: Mark | undefined;
  readonly now: number;
}

function Row({ subscription, mark, now }: RowProps): preact.JSX.Element {
  const { id, webhook_url, events, active, secret_configured } = subscription;
  // Nothing is decided on these, so a server may send anything.
  const [delivered, attempts]: unknown[] = [
    subscription.last_delivered_at,
    subscription.delivery_attempts,
  ];
  return (
    <tr class={active ? "" : "is-inactive"}>
      <th scope="row" class="number">
        {id}
      </th>
      <td>
        <span class="url">{maskUrls(webhook_url)}</span>{" "}
        {mark && <span class={`badge is-${mark}`}>{mark}</span>}
      </td>
      <td>
        <ul class="events">
          {events.map((name) => (
            <li>{name}</li>
          ))}
        </ul>
      </td>
      <td>{active ? "yes" : "no"}</td>
      <td>{secret_configured === true ? "yes" : "no"}</td>
      <td title={String(delivered ?? "")}>{ago(delivered, now)}</td>
      <td class="number">{String(attempts ?? 0)}</td>
    </tr>
  );
}

/** `redundant`: it can go. `twice`: another one delivers something of it, too. */
type Mark = "redundant" | "twice";

function findMark(
  subscription: WebhookSubscription,
  groups: readonly DuplicateGroup[],
): Mark | undefined {
  const group = groups.find(({ subscriptions }) => subscriptions.includes(subscription));
  if (!group) return undefined;
  return group.redundant.includes(subscription) ? "redundant" : "twice";
}
