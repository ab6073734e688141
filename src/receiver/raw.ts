import type { UnknownEvent } from "./event.js";

/** An event as it arrived, including the fields that this version of the library does not know. */
export interface RawEvent {
  /** The name of the event. */
  readonly event_type: string;
  /** What happened. */
  readonly data: Readonly<Record<string, unknown>>;
  /** All other fields that arrived. */
  readonly [field: string]: unknown;
}

/** What this library adds to the fields of an event. */
type WithRaw = Pick<UnknownEvent, "raw">;

/** Adds {@link UnknownEvent.raw} to an event. A field named `raw` of the event itself is only in there. */
export function withRaw<Event extends RawEvent>(event: Event): Event & WithRaw {
  // On an empty object: defining a property on one with fields takes three times as long.
  const copy: Partial<WithRaw> = Object.defineProperty({}, "raw", { value: event });
  return Object.assign(copy, "raw" in event ? withoutRaw(event) : event) as Event & WithRaw;
}

function withoutRaw<Event extends RawEvent>(event: Event): Event {
  return Object.fromEntries(Object.entries(event).filter(([name]) => name !== "raw")) as Event;
}
