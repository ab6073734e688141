import type { Delivery, SandboxRequest } from "../../sandbox/index.js";
import type { CommandContext, COMMON_OPTIONS } from "../command.js";
import { printable } from "./printable.js";

/** Prints a line about a request to the sandbox. */
export function printRequest(
  { options, print, printJson, redact, style }: CommandContext<typeof COMMON_OPTIONS>,
  { method, path, status }: SandboxRequest,
): void {
  if (options.json) {
    printJson({ type: "request", method, path, status: status ?? null });
    return;
  }
  print(`${mark(style, status)}  ${method} ${printable(redact(path))}`);
}

/** Prints a line about an attempt to deliver an event. */
export function printDelivery(
  { options, print, printJson, redact, style }: CommandContext<typeof COMMON_OPTIONS>,
  { status, error, event_type, event_id, url, subscriptionId, signature }: Delivery,
): void {
  if (options.json) {
    printJson({
      type: "delivery",
      subscription_id: subscriptionId,
      webhook_url: url,
      event_type,
      event_id,
      signed: signature !== undefined,
      status: status ?? null,
      error: error ?? null,
    });
    return;
  }
  const what = `${event_type} to ${url} for subscription ${subscriptionId}`;
  const reason = error === undefined ? "" : `: ${error}`;
  print(`${mark(style, status)}  deliver ${printable(redact(what + reason))}`);
}

function mark(style: CommandContext["style"], status: number | undefined): string {
  const isGood = status !== undefined && status < 300;
  return style(isGood ? "good" : "bad", String(status ?? "---"));
}
