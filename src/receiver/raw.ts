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
  const copy: Event & Partial<WithRaw> = { ...event };
  Object.defineProperty(copy, "raw", { value: event, enumerable: false });
  return copy as Event & WithRaw; // It has just been given.
}
