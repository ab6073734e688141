import { findDuplicates, type WebhookSubscription } from "../../index.js";
import type { CommandContext } from "../command.js";
import { ago } from "./ago.js";
import { type Cell, renderTable } from "./table.js";
import { toText } from "./to-text.js";

const COLUMNS = [
  { title: "ID", align: "right" },
  { title: "URL", breaks: "anywhere" },
  { title: "EVENTS", breaks: "words" },
  { title: "ACTIVE" },
  { title: "SECRET" },
  { title: "LAST DELIVERY" },
  { title: "ATTEMPTS", align: "right" },
] as const;

/**
 * A table of subscriptions, with those marked that deliver an event which another one delivers too.
 *
 * @param all - those among which others are looked for; the same unless given.
 */
export function renderSubscriptions(
  context: Pick<CommandContext, "io" | "redact" | "style">,
  subscriptions: readonly WebhookSubscription[],
  all = subscriptions,
): Promise<string> {
  const now = context.io.now();
  const shown = new Set(subscriptions);
  const groups = findDuplicates(all).filter((group) =>
    group.subscriptions.some((subscription) => shown.has(subscription)),
  );
  const isTwice = (subscription: WebhookSubscription): boolean =>
    groups.some((group) => group.subscriptions.includes(subscription));
  const rows = subscriptions.map((subscription): Cell[] => [
    String(subscription.id),
    subscription.webhook_url,
    subscription.events.join(", "),
    subscription.active ? { text: "yes", mark: "good" } : { text: "no", mark: "faint" },
    subscription.secret_configured === true ? "yes" : "no",
    ago(subscription.last_delivered_at, now),
    toText(subscription.delivery_attempts ?? 0),
    ...(groups.length > 0
      ? [{ text: isTwice(subscription) ? "twice" : "", mark: "bad" } as const]
      : []),
  ]);
  return renderTable(context, groups.length > 0 ? [...COLUMNS, { title: "" }] : COLUMNS, rows);
}
