import type { LinqEvent } from "./event.js";

/** Logs that a delivery was refused, in one line that repeats nothing of the delivery. */
export function warnOfRefusal(error: { readonly message: string }): void {
  console.warn(`linq-webhooks: refused a delivery: ${error.message}`);
}

/** Logs an error of a handler or the store, in one line that repeats only the event's type and id. */
export function logError(error: unknown, event: LinqEvent | undefined): void {
  const id = typeof event?.event_id === "string" ? ` ${inOneLine(event.event_id)}` : "";
  const what = event ? `${inOneLine(event.event_type)}${id}` : "a delivery";
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  console.error(`linq-webhooks: ${what} was not handled: ${inOneLine(reason)}`);
}

/** How much of a text is logged, in characters. */
const LONGEST = 300;

function inOneLine(text: string): string {
  return text.slice(0, LONGEST).replace(/[\p{Cc}\u2028\u2029]/gu, " ");
}
