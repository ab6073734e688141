import { EVENT_NAMES, type EventName } from "../../../generated/constants.js";
import { isRecord } from "../../checks/check-fields.js";
import { ownMembers } from "../../checks/own-members.js";
import { nearest } from "../../checks/nearest.js";
import { webCrypto } from "../../checks/web-crypto.js";
import { InvalidInputError } from "../../errors/invalid-input-error.js";
import type { EventOf, UnknownEvent } from "../../receiver/event.js";
import { withRaw } from "../../receiver/raw.js";
import { findExampleData } from "./example-data.js";

/** The fields of an event's `data` that replace those of the example; lists are replaced as a whole. */
export type EventChanges<Name extends string> = Changes<CreatedEvent<Name>["data"]>;

type Changes<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [Field in keyof T]?: Changes<T[Field]> | undefined }
    : T;

/** An event with its fields in the order of the vendor's documentation. */
export interface CreatedEvent<Name extends string = EventName> extends Pick<UnknownEvent, "raw"> {
  /** The version of the API. */
  readonly api_version: "v2";
  /** When it happened: ISO 8601, in UTC. */
  readonly created_at: string;
  /** What happened; the fields depend on the event. */
  readonly data: Name extends EventName ? EventOf<Name>["data"] : Readonly<Record<string, unknown>>;
  /** The id of the event, a UUID. */
  readonly event_id: string;
  /** The name of the event. */
  readonly event_type: Name;
}

/** The options of {@link createEvent}. */
export interface CreateEventOptions {
  /**
   * The time, in ms since the epoch.
   *
   * @default Date.now
   */
  now?: (() => number) | undefined;
  /**
   * Accepts names that this version does not know; the example of such an event is empty.
   *
   * @default false
   */
  allowUnknownEvents?: boolean | undefined;
}

/**
 * Creates an event with realistic data, for tests of a receiver. The body of its delivery is
 * `JSON.stringify(event)`, which `signBody` signs.
 *
 * @param changes - the fields of the data that replace those of the example. A field that is undefined
 * is left out.
 * @throws {InvalidInputError} for an unknown event, or changes that are not an object.
 *
 * @example
 * ```ts
 * import { createEvent } from "linq-webhooks/sandbox";
 *
 * const event = createEvent("message.received", { text: "Hello!" });
 * console.log(event.data.text, event.data.service); // Hello! iMessage
 * ```
 */
export function createEvent<Name extends EventName>(
  name: Name,
  changes?: EventChanges<Name>,
  options?: CreateEventOptions,
): CreatedEvent<Name>;
export function createEvent(
  name: string,
  changes: Readonly<Record<string, unknown>> | undefined,
  options: CreateEventOptions & { allowUnknownEvents: true },
): CreatedEvent<string>;
export function createEvent(
  name: string,
  changes: unknown = {},
  options: CreateEventOptions = {},
): CreatedEvent<string> {
  const { now = Date.now, allowUnknownEvents = false } = ownMembers(options);
  checkName(name, allowUnknownEvents);
  if (!isRecord(changes)) throw new InvalidInputError("data", "an object");
  return withRaw({
    api_version: "v2" as const,
    created_at: new Date(now()).toISOString(),
    data: merge(findExampleData(name), changes),
    event_id: webCrypto().randomUUID(),
    event_type: name,
  });
}

function checkName(name: unknown, allowUnknownEvents: boolean): void {
  const known: readonly string[] = EVENT_NAMES;
  if (typeof name !== "string" || name === "") {
    throw new InvalidInputError("event", "the name of an event, such as message.received");
  }
  if (allowUnknownEvents || known.includes(name)) return;
  throw new InvalidInputError(
    "event",
    `a known event name; did you mean "${nearest(name, known) ?? ""}"? (\`allowUnknownEvents\` allows others)`,
  );
}

function merge(example: object, changes: object): Record<string, unknown> {
  const merged = new Map<string, unknown>(Object.entries(example));
  for (const [field, change] of Object.entries(changes)) {
    const value: unknown = merged.get(field);
    merged.set(field, isRecord(value) && isRecord(change) ? merge(value, change) : change);
  }
  return Object.fromEntries(merged);
}
