import { EVENT_NAMES, type EventName } from "../../generated/constants.js";
import type { components } from "../../generated/openapi.js";
import { checkSecret } from "../checks/check-secret.js";
import { nearest } from "../checks/nearest.js";
import { parseUrl } from "../checks/parse-url.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import { addressOf, sameEvents } from "./identity.js";
import { isId, type WebhookSubscription } from "./subscription.js";

/** The fields that a write sends, as in the specification. */
export type InputFields = components["schemas"]["WebhookSubscriptionInput"];

/** How to check a field of an input, and how to compare it with a subscription. */
interface InputField<Value> {
  /**
   * Checks a value, or returns the default for undefined.
   *
   * @throws {InvalidInputError} that names the field.
   */
  readonly parse: (value: unknown, allowUnknownEvents: boolean) => Value;
  /** Whether a field that is left out is not sent. */
  readonly isOptional?: true;
  /** Whether the API never shows the field, so that an update cannot keep it and a list cannot confirm it. */
  readonly isHidden?: true;
  /**
   * Whether a subscription has the value, as far as the API shows it.
   *
   * @default whether the field of the same name has an equal value
   */
  readonly has?: (subscription: WebhookSubscription, value: Value) => boolean;
}

/** A field that the API does not show must be `isHidden`, and one without a plain value needs `has`. */
type Demands<Field extends keyof InputFields> = Field extends keyof WebhookSubscription
  ? InputFields[Field] extends string | number | boolean | null | undefined
    ? unknown
    : { readonly has: unknown }
  : { readonly isHidden: true };

/**
 * Every field of an input. A field that the specification gains needs only a row here: all code that
 * checks, writes or compares fields goes through the rows, including sync and the command line.
 */
export const INPUT_FIELDS: {
  readonly [Field in keyof InputFields]-?: InputField<Required<InputFields>[Field]> &
    Demands<Field>;
} = {
  webhook_url: {
    parse: (value) => parseWebhookUrl(value),
    has: ({ webhook_url }, value) => addressOf(webhook_url) === addressOf(value),
  },
  events: { parse: parseEvents, has: ({ events }, value) => sameEvents(events, value) },
  active: { parse: parseActive },
  version: { parse: parseVersion },
  secret: {
    parse: (value) => checkSecret("secret", value),
    isOptional: true,
    isHidden: true,
    has: ({ secret_configured }) => secret_configured !== false,
  },
};

/** The rows with their names. */
export const INPUT_ROWS = Object.entries(INPUT_FIELDS) as unknown as readonly (readonly [
  field: keyof InputFields,
  // Each row gets only values of its own field, which the compiler cannot see.
  row: InputField<unknown>,
])[];

/** Makes an object with a value for each field; an undefined value is left out. */
export function mapFields(
  toValue: (field: keyof InputFields, row: InputField<unknown>) => unknown,
): object {
  const values = INPUT_ROWS.map(([field, row]) => [field, toValue(field, row)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** `URL` would also accept spaces around the URL, and read `https:///hook` as a host named "hook". */
const ABSOLUTE_URL = /^https?:\/\/[^\s/?#\\]\S*$/i;

function parseActive(value: unknown = true): boolean {
  if (typeof value === "boolean") return value;
  throw new InvalidInputError("active", "true or false");
}

function parseVersion(value: unknown = 2): number {
  if (isId(value)) return value;
  throw new InvalidInputError("version", "a positive integer such as 2");
}

/** @throws {InvalidInputError} for a value that is not an absolute `http:` or `https:` URL. */
export function parseWebhookUrl(value: unknown, field = "webhook_url"): string {
  if (typeof value === "string" && ABSOLUTE_URL.test(value) && parseUrl(value)) return value;
  throw new InvalidInputError(field, 'an absolute URL such as "https://example.com/hook"');
}

function parseEvents(value: unknown, allowUnknown: boolean): EventName[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new InvalidInputError("events", "an array of at least one event name");
  }
  for (const [index, event] of value.entries()) {
    if (typeof event !== "string" || event === "") {
      throw new InvalidInputError(`events[${index}]`, "the name of an event");
    }
    if (allowUnknown || (EVENT_NAMES as readonly string[]).includes(event)) continue;
    const hint = nearest(event, EVENT_NAMES) ?? "";
    throw new InvalidInputError(`events[${index}]`, `a known event name; did you mean "${hint}"?`);
  }
  // Each name is known, or the caller allows names that the specification does not list.
  return [...new Set(value as EventName[])];
}

/** Event names of the server, which may include names that the specification does not list. */
export function asStored(events: readonly string[]): InputFields["events"] {
  return events as InputFields["events"];
}
