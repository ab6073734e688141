import type { EventName } from "../../generated/constants.js";
import type { webhooks } from "../../generated/webhook-events.js";
import type { WithRaw } from "./raw.js";

/**
 * The name of an event that this version of the library does not know; any string. Its type is a
 * pattern that no known name fits, since TypeScript takes every other string for one that may equal
 * each of them, and would not narrow. To compare it with a newer name, read it as a `string`.
 */
export type UnknownEventName = `?${string}`;

/** An event without a description in spec/webhook-events.json is a type error here. */
type Described = Pick<webhooks, EventName>;

/** The event of a name, as spec/webhook-events.json describes it. Other fields are found in `raw`. */
export type EventOf<Name extends keyof Described> = Name extends keyof webhooks
  ? webhooks[Name]["post"]["requestBody"]["content"]["application/json"] & WithRaw
  : UnknownEvent;

/** An event of a type that this version of the library does not know. Other fields are found in `raw`. */
export interface UnknownEvent extends WithRaw {
  readonly api_version?: unknown;
  readonly created_at?: unknown;
  readonly data: Readonly<Record<string, unknown>>;
  readonly event_id?: unknown;
  readonly event_type: UnknownEventName;
}

/** The events that the specification knows, discriminated by `event_type`. */
export type KnownEvent = { [Name in EventName]: EventOf<Name> }[EventName];

/**
 * What Linq delivers, discriminated by `event_type`: a `switch` over the names narrows `data`, and its
 * `default` is left with {@link UnknownEvent}.
 */
export type LinqEvent = KnownEvent | UnknownEvent;
