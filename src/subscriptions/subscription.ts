import type { components } from "../../generated/openapi.js";
import { asRecord } from "../http/json.js";
import type { Redact } from "../checks/redact.js";

/**
 * A webhook subscription as the API returns it. `id`, `webhook_url`, `version`, `events` and
 * `active` are always there; a server that leaves one out gets an `InvalidResponseError`. Event
 * names are open, since a server may know more of them than the specification.
 */
export type WebhookSubscription = components["schemas"]["WebhookSubscription"];

type Check = readonly [expected: string, passes: (value: unknown) => boolean];

const STRING: Check = ["a string", (value) => typeof value === "string"];
const INTEGER: Check = ["an integer", Number.isSafeInteger];
const BOOLEAN: Check = ["true or false", (value) => typeof value === "boolean"];

const optional = ([expected, passes]: Check): Check => [
  `${expected}, null or left out`,
  (value) => value === undefined || value === null || passes(value),
];

/** What each field must be; a field that the specification gains must be added here. */
const FIELDS: Readonly<Record<keyof WebhookSubscription, Check>> = {
  id: ["a positive integer", isId],
  webhook_url: STRING,
  version: INTEGER,
  events: ["an array of strings", (value) => Array.isArray(value) && value.every(STRING[1])],
  active: BOOLEAN,
  secret_configured: optional(BOOLEAN),
  last_delivered_at: optional(STRING),
  delivery_attempts: optional(INTEGER),
  created_at: optional(STRING),
  updated_at: optional(STRING),
};

/** A list may be long, and needs them for each of its members. */
const CHECKS = Object.entries(FIELDS).map(([name, [expected, passes]]) => ({
  name,
  expected,
  passes,
}));

/** Whether it can be the id of a subscription, and nothing that would lead to another URL. */
export function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

/** Checks one subscription of an answer; `invalid` makes the error about it, or about its field. */
export function readSubscription(
  value: unknown,
  invalid: (field: string, expected: string) => Error,
): WebhookSubscription {
  if (typeof value !== "object" || value === null) throw invalid("", "an object");
  const fields = asRecord(value);
  for (const { name, expected, passes } of CHECKS) {
    if (!passes(fields[name])) throw invalid(`.${name}`, expected);
  }
  // Every field of the type has just been checked.
  return value as WebhookSubscription;
}

/**
 * Subscriptions as an error may show them: the fields that the specification knows, with what must
 * not be seen hidden. A server can put anything anywhere else.
 */
export function toShow(
  subscriptions: readonly WebhookSubscription[],
  redact: Redact,
): WebhookSubscription[] {
  return subscriptions.map((subscription) => {
    const known = Object.entries(subscription).filter(([name]) => Object.hasOwn(FIELDS, name));
    const shown = known.map(([name, value]): [string, unknown] => [name, hideIn(value, redact)]);
    // Texts change, and fields that the type does not have go; the type stays what it was.
    return Object.fromEntries(shown) as WebhookSubscription;
  });
}

function hideIn(value: unknown, redact: Redact): unknown {
  if (Array.isArray(value)) return value.map((element) => hideIn(element, redact));
  return typeof value === "string" ? redact(value) : value;
}
