import type { WebhookSubscription } from "../../index.js";
import type { CommandContext } from "../command.js";
import { ago } from "./ago.js";
import { printable } from "./printable.js";
import { toText } from "./to-text.js";

/** One subscription, a line a field. */
export function renderDetails(
  { io, redact, style }: Pick<CommandContext, "io" | "redact" | "style">,
  subscription: WebhookSubscription,
): string {
  const { last_delivered_at: delivered, created_at, updated_at } = subscription;
  const withAge = (time: unknown): string =>
    typeof time === "string" ? `${ago(time, io.now())} (${time})` : ago(time, io.now());
  const rows: [string, string][] = [
    ["id", String(subscription.id)],
    ["url", subscription.webhook_url],
    ["events", subscription.events.join(", ")],
    ["active", subscription.active ? "yes" : "no"],
    ["secret", subscription.secret_configured === true ? "yes" : "no"],
    ["version", toText(subscription.version)],
    ["last delivery", withAge(delivered)],
    ["attempts", toText(subscription.delivery_attempts ?? 0)],
    ...(created_at ? [["created", withAge(created_at)] satisfies [string, string]] : []),
    ...(updated_at ? [["updated", withAge(updated_at)] satisfies [string, string]] : []),
  ];
  return rows
    .map(([name, value]) => `${style("faint", name.padEnd(13))}  ${printable(redact(value))}`)
    .join("\n");
}
