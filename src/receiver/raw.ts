/** An event as it came, with all its fields, also those that this version of the library does not know. */
export interface RawEvent {
  readonly event_type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** What an event has besides its own fields. */
export interface WithRaw {
  /**
   * The event as it came, with the fields that its type does not know. Neither `JSON.stringify` nor a
   * copy with `...` takes it along.
   */
  readonly raw: RawEvent;
}

/** Gives an event as it came its {@link WithRaw.raw}; a field of that name is found only there. */
export function withRaw<Event extends RawEvent>(event: Event): Event & WithRaw {
  // Onto an empty object first: onto one with fields it takes three times as long.
  const copy: Partial<WithRaw> = Object.defineProperty({}, "raw", { value: event });
  return Object.assign(copy, "raw" in event ? withoutRaw(event) : event) as Event & WithRaw;
}

function withoutRaw<Event extends RawEvent>(event: Event): Event {
  return Object.fromEntries(Object.entries(event).filter(([name]) => name !== "raw")) as Event;
}
