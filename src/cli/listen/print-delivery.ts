import type { CommandContext, COMMON_OPTIONS } from "../command.js";
import { printable } from "../output/printable.js";
import type { Mark } from "../output/style.js";
import type { PageDelivery } from "../page/protocol.js";

const MARKS: Readonly<Record<PageDelivery["outcome"], Mark>> = {
  accepted: "good",
  duplicate: "careful",
  refused: "bad",
  failed: "bad",
  forwarded: "good",
  sent: "good",
};

/** Prints a line about an answered delivery. */
export function printDelivery(
  { options, print, printJson, redact, style }: CommandContext<typeof COMMON_OPTIONS>,
  delivery: PageDelivery,
): void {
  const { receivedAt, event, eventId, from, outcome, status, duration, attempt } = delivery;
  const { signature, forward } = delivery;
  if (options.json) {
    printJson({
      ...{ type: "delivery", received_at: receivedAt, event_type: event, event_id: eventId, from },
      ...{ signature, outcome, status, duration, attempt, forward },
    });
    return;
  }
  const sender = from === null ? "" : ` from ${from}`;
  const again = attempt === 1 ? "" : `, for the ${ordinal(attempt)} time`;
  const what = `${event ?? "a request"}${sender}`;
  const time = new Date(receivedAt).toTimeString().slice(0, 8);
  const how = `${outcome} in ${duration} ms${again}${explain(delivery)}`;
  print(
    `${style("faint", time)}  ${style(MARKS[outcome], String(status ?? "---"))}  ${printable(redact(what))}  ${printable(redact(how))}`,
  );
}

function explain({ outcome, signature, forward }: PageDelivery): string {
  if (forward?.error !== undefined) return `: ${forward.error}`;
  if (forward) return `: the program answered ${forward.status ?? ""} after ${forward.duration} ms`;
  if (outcome !== "refused" || signature === "valid" || signature === "unchecked") return "";
  return signature === "missing" ? ": it is not signed" : ": its signature is not valid";
}

function ordinal(count: number): string {
  const ending = { one: "st", two: "nd", few: "rd" } as const;
  const kind = new Intl.PluralRules("en", { type: "ordinal" }).select(count);
  return `${count}${Object.hasOwn(ending, kind) ? ending[kind as keyof typeof ending] : "th"}`;
}
