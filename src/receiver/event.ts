import type { EventName } from "../../generated/constants.js";
import type { webhooks } from "../../generated/webhook-events.js";
import type { RawEvent } from "./raw.js";

/**
 * The event with a name, as spec/webhook-events.json describes it. `EventOf<EventName>` is any event
 * that the specification knows. Fields without a description are in `raw`.
 */
// An event without a description is a type error in its constraint.
export type EventOf<Name extends keyof Pick<webhooks, EventName>> = Name extends keyof webhooks
  ? webhooks[Name]["post"]["requestBody"]["content"]["application/json"] & Pick<UnknownEvent, "raw">
  : UnknownEvent;

/** An event of a type that this version of the library does not know. Its other fields are in `raw`. */
export interface UnknownEvent {
  /** The version of the API; nearly always a string. */
  readonly api_version?: unknown;
  /** When it happened; nearly always a string that `parseLinqTime` reads. */
  readonly created_at?: unknown;
  /** What happened. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The id of the event; nearly always a string. */
  readonly event_id?: unknown;
  /**
   * The name of the event; any string. Its type is a pattern that no known name matches. With `string`
   * as its type, TypeScript could not narrow {@link LinqEvent} by a name. To compare it with a newer
   * name, read it as a `string`.
   */
  readonly event_type: `?${string}`;
  /**
   * The event as it arrived, with the fields that its type does not have. Neither `JSON.stringify` nor a
   * copy with `...` includes it.
   */
  readonly raw: RawEvent;
}

/**
 * What Linq delivers, discriminated by `event_type`: a `switch` over the names narrows `data`, and its
 * `default` gets {@link UnknownEvent}.
 */
export type LinqEvent = EventOf<EventName> | UnknownEvent;
