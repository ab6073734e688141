import type { WebhookSubscription } from "../../index.js";
import type { CommandContext } from "../command.js";
import { ago } from "./ago.js";
import { printable } from "./printable.js";
import { toText } from "./to-text.js";

/** How to show a field; an undefined value gets no line. */
interface Detail {
  readonly title: string;
  readonly toValue: (
    subscription: WebhookSubscription,
    withAge: (time: unknown) => string,
  ) => string | undefined;
}

/** All fields, in the order of their lines. */
const DETAILS: Readonly<Record<keyof WebhookSubscription, Detail>> = {
  id: { title: "id", toValue: ({ id }) => String(id) },
  webhook_url: { title: "url", toValue: ({ webhook_url }) => webhook_url },
  events: { title: "events", toValue: ({ events }) => events.join(", ") },
  active: { title: "active", toValue: ({ active }) => (active ? "yes" : "no") },
  secret_configured: {
    title: "secret",
    toValue: ({ secret_configured }) => (secret_configured === true ? "yes" : "no"),
  },
  version: { title: "version", toValue: ({ version }) => toText(version) },
  last_delivered_at: {
    title: "last delivery",
    toValue: ({ last_delivered_at }, withAge) => withAge(last_delivered_at),
  },
  delivery_attempts: {
    title: "attempts",
    toValue: ({ delivery_attempts }) => toText(delivery_attempts ?? 0),
  },
  created_at: {
    title: "created",
    toValue: ({ created_at }, withAge) => (created_at ? withAge(created_at) : undefined),
  },
  updated_at: {
    title: "updated",
    toValue: ({ updated_at }, withAge) => (updated_at ? withAge(updated_at) : undefined),
  },
};

/** Renders one subscription, one line per field. */
export function renderDetails(
  { io, redact, style }: Pick<CommandContext, "io" | "redact" | "style">,
  subscription: WebhookSubscription,
): string {
  const withAge = (time: unknown): string =>
    typeof time === "string" ? `${ago(time, io.now())} (${time})` : ago(time, io.now());
  return Object.values(DETAILS)
    .flatMap(({ title, toValue }) => {
      const value = toValue(subscription, withAge);
      if (value === undefined) return [];
      return [`${style("faint", title.padEnd(13))}  ${printable(redact(value))}`];
    })
    .join("\n");
}
