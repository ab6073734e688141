import type { DuplicateGroup, WebhookSubscription } from "../../index.js";
import { Table } from "../parts/table.js";
import { ago } from "../parts/time.js";

interface SubscriptionTableProps {
  readonly subscriptions: readonly WebhookSubscription[];
  readonly groups: readonly DuplicateGroup[];
}

const COLUMNS = ["#ID", "URL", "Events", "Active", "Secret", "Last delivery", "#Attempts"];

/** All subscriptions, with marks for those that deliver an event twice. */
export function SubscriptionTable(props: SubscriptionTableProps): preact.JSX.Element {
  const { subscriptions, groups } = props;
  const now = Date.now();
  const rows = subscriptions.map((subscription) => ({
    key: subscription.id,
    class: subscription.active ? "" : "is-inactive",
    cells: cellsOf(subscription, findMark(subscription, groups), now),
  }));
  return <Table label="All subscriptions" columns={COLUMNS} rows={rows} />;
}

function cellsOf(
  subscription: WebhookSubscription,
  mark: Mark | undefined,
  now: number,
): preact.ComponentChildren[] {
  const { id, webhook_url, events, active, secret_configured } = subscription;
  // The client does not validate these fields, so a server may send any value.
  const [delivered, attempts]: unknown[] = [
    subscription.last_delivered_at,
    subscription.delivery_attempts,
  ];
  return [
    id,
    <>
      <span class="url">{webhook_url}</span>{" "}
      {mark && <span class={`badge is-${mark}`}>{mark}</span>}
    </>,
    <span class="url">{events.join(", ")}</span>,
    active ? "yes" : "no",
    secret_configured === true ? "yes" : "no",
    ago(delivered, now),
    JSON.stringify(attempts ?? 0),
  ];
}

/** `redundant`: it can be deleted. `twice`: another one also delivers one of its events. */
type Mark = "redundant" | "twice";

function findMark(
  subscription: WebhookSubscription,
  groups: readonly DuplicateGroup[],
): Mark | undefined {
  const group = groups.find(({ subscriptions }) => subscriptions.includes(subscription));
  if (!group) return undefined;
  return group.redundant.includes(subscription) ? "redundant" : "twice";
}
