import type { EventName } from "../../generated/constants.js";
import type { webhooks } from "../../generated/webhook-events.js";
import type { RawEvent } from "./raw.js";

/**
 * The event of a name, as spec/webhook-events.json describes it; `EventOf<EventName>` is any of those
 * that the specification knows. Other fields are found in `raw`.
 */
// An event without a description is a type error in its constraint.
export type EventOf<Name extends keyof Pick<webhooks, EventName>> = Name extends keyof webhooks
  ? webhooks[Name]["post"]["requestBody"]["content"]["application/json"] & Pick<UnknownEvent, "raw">
  : UnknownEvent;

/** An event of a type that this version of the library does not know. Other fields are found in `raw`. */
export interface UnknownEvent {
  /** The version of the API, nearly always a string. */
  readonly api_version?: unknown;
  /** When it happened, nearly always a string that `parseLinqTime` reads. */
  readonly created_at?: unknown;
  /** What has happened. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The id of the event, nearly always a string. */
  readonly event_id?: unknown;
  /**
   * The name of the event; any string. Its type is a pattern that no known name fits, since TypeScript
   * takes every other string for one that may equal each of them, and would not narrow. To compare it
   * with a newer name, read it as a `string`.
   */
  readonly event_type: `?${string}`;
  /**
   * The event as it came, with the fields that its type does not know. Neither `JSON.stringify` nor a
   * copy with `...` takes it along.
   */
  readonly raw: RawEvent;
}

/**
 * What Linq delivers, discriminated by `event_type`: a `switch` over the names narrows `data`, and its
 * `default` is left with {@link UnknownEvent}.
 */
export type LinqEvent = EventOf<EventName> | UnknownEvent;
