import { EVENT_NAMES, type EventName } from "../../generated/constants.js";
import type { components } from "../../generated/openapi.js";
import { checkSecret } from "../checks/check-secret.js";
import { nearest } from "../checks/nearest.js";
import { parseUrl } from "../checks/parse-url.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import { addressOf, sameEvents } from "./identity.js";
import { isId, type WebhookSubscription } from "./subscription.js";

/** The fields that a write sends, as the specification has them. */
export type InputFields = components["schemas"]["WebhookSubscriptionInput"];

/** How a field of an input is checked, and found again in a subscription. */
interface InputField<Value> {
  /**
   * Checks a value, or gives the default in place of undefined.
   *
   * @throws {InvalidInputError} that names the field.
   */
  readonly parse: (value: unknown, allowUnknownEvents: boolean) => Value;
  /** Whether nothing is sent where the field is left out. */
  readonly isOptional?: true;
  /** Whether the API never shows it, so that nothing can be carried on, and nobody can tell that it was written. */
  readonly isHidden?: true;
  /**
   * Whether a subscription has the value, as far as it can be seen.
   *
   * @default whether it equals what the subscription shows under the same name
   */
  readonly has?: (subscription: WebhookSubscription, value: Value) => boolean;
}

/** What a row must say, too: where nothing is shown, that; where it is no plain value, how it compares. */
type Demands<Field extends keyof InputFields> = Field extends keyof WebhookSubscription
  ? InputFields[Field] extends string | number | boolean | null | undefined
    ? unknown
    : { readonly has: unknown }
  : { readonly isHidden: true };

/**
 * Every field of an input. One that the specification gains needs a row here, and no more: whoever
 * checks, writes or compares fields goes through the rows, sync and the command line included.
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

/** The rows with their names, for those who go through them. */
export const INPUT_ROWS = Object.entries(INPUT_FIELDS) as unknown as readonly (readonly [
  field: keyof InputFields,
  // Each gets only values of its own field, which the compiler does not follow.
  row: InputField<unknown>,
])[];

/** Makes an object with a value for each field; one that is undefined is left out. */
export function mapFields(
  toValue: (field: keyof InputFields, row: InputField<unknown>) => unknown,
): object {
  const values = INPUT_ROWS.map(([field, row]) => [field, toValue(field, row)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** `URL` would also take spaces around it, and `https:///hook` for a host of that name. */
const ABSOLUTE_URL = /^https?:\/\/[^\s/?#\\]\S*$/i;

function parseActive(value: unknown = true): boolean {
  if (typeof value === "boolean") return value;
  throw new InvalidInputError("active", "true or false");
}

function parseVersion(value: unknown = 2): number {
  if (isId(value)) return value;
  throw new InvalidInputError("version", "a positive integer such as 2");
}

/** @throws {InvalidInputError} for what is no absolute `http:` or `https:` URL. */
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
  // Each one is known, or the caller has said that it may be one the specification does not list.
  return [...new Set(value as EventName[])];
}

/** The names as the server has them, which may be more than the specification lists. */
export function asStored(events: readonly string[]): InputFields["events"] {
  return events as InputFields["events"];
}
