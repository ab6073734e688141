import { findDuplicates, type WebhookSubscription } from "../../index.js";
import type { CommandContext } from "../command.js";
import { ago } from "./ago.js";
import { type Cell, type Column, renderTable } from "./table.js";
import { toText } from "./to-text.js";

/** A column and its content. */
interface FieldColumn extends Column {
  readonly toCell: (subscription: WebhookSubscription, now: number) => Cell;
}

/** The columns in order. Fields without a column appear only in `get` and `--json`. */
const COLUMNS: Readonly<Record<keyof WebhookSubscription, FieldColumn | undefined>> = {
  id: { title: "ID", align: "right", toCell: ({ id }) => String(id) },
  webhook_url: { title: "URL", breaks: "anywhere", toCell: ({ webhook_url }) => webhook_url },
  events: { title: "EVENTS", breaks: "words", toCell: ({ events }) => events.join(", ") },
  active: {
    title: "ACTIVE",
    toCell: ({ active }) =>
      active ? { text: "yes", mark: "good" } : { text: "no", mark: "faint" },
  },
  secret_configured: {
    title: "SECRET",
    toCell: ({ secret_configured }) => (secret_configured === true ? "yes" : "no"),
  },
  last_delivered_at: {
    title: "LAST DELIVERY",
    toCell: ({ last_delivered_at }, now) => ago(last_delivered_at, now),
  },
  delivery_attempts: {
    title: "ATTEMPTS",
    align: "right",
    toCell: ({ delivery_attempts }) => toText(delivery_attempts ?? 0),
  },
  version: undefined,
  created_at: undefined,
  updated_at: undefined,
};

/**
 * Renders a table of subscriptions. It marks each one that shares an event with another.
 *
 * @param all - the subscriptions to compare with.
 * @default subscriptions
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
  const twice: FieldColumn = {
    title: "",
    toCell: (subscription) => {
      const isTwice = groups.some((group) => group.subscriptions.includes(subscription));
      return { text: isTwice ? "twice" : "", mark: "bad" };
    },
  };
  const columns = [...Object.values(COLUMNS), groups.length > 0 ? twice : undefined].filter(
    (column) => column !== undefined,
  );
  const rows = subscriptions.map((subscription) =>
    columns.map(({ toCell }) => toCell(subscription, now)),
  );
  return renderTable(context, columns, rows);
}
