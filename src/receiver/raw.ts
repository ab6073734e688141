import type { UnknownEvent } from "./event.js";

/** An event as it came, with all its fields, also those that this version of the library does not know. */
export interface RawEvent {
  /** The name of the event. */
  readonly event_type: string;
  /** What has happened. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Everything else that came. */
  readonly [field: string]: unknown;
}

/** What an event has besides its own fields. */
type WithRaw = Pick<UnknownEvent, "raw">;

/** Gives an event as it came its {@link UnknownEvent.raw}; a field of that name is found only there. */
export function withRaw<Event extends RawEvent>(event: Event): Event & WithRaw {
  // Onto an empty object first: onto one with fields it takes three times as long.
  const copy: Partial<WithRaw> = Object.defineProperty({}, "raw", { value: event });
  return Object.assign(copy, "raw" in event ? withoutRaw(event) : event) as Event & WithRaw;
}

function withoutRaw<Event extends RawEvent>(event: Event): Event {
  return Object.fromEntries(Object.entries(event).filter(([name]) => name !== "raw")) as Event;
}
