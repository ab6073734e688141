import { EVENT_NAMES, type EventName } from "../../generated/constants.js";
import type { LinqEvent } from "./event.js";
import type { ReceiverSettings } from "./parse-receiver-options.js";

/** Finds the handler of an event, if there is one. Only names of the specification are looked up. */
export function findHandler(
  event: LinqEvent,
  { on, onUnknownEvent }: Pick<ReceiverSettings, "on" | "onUnknownEvent">,
): (() => unknown) | undefined {
  const name = EVENT_NAMES.find((known): known is EventName => known === event.event_type);
  // Each handler takes the event of its own name, which the type of a lookup does not express.
  const handler = (name ? on[name] : onUnknownEvent) as ((event: LinqEvent) => unknown) | undefined;
  return handler && (() => handler(event));
}
