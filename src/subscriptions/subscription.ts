import type { components } from "../../generated/openapi.js";
import type { Redact } from "../checks/redact.js";

/**
 * A webhook subscription as the API returns it. `id`, `webhook_url`, `events` and `active` are
 * always there and of their type; a server that leaves one out gets an `InvalidResponseError`. The
 * other fields of a list are passed on as they came, since a row may be somebody else's, and nothing
 * is decided on them. Event names are open, since a server may know more of them than the
 * specification.
 */
export type WebhookSubscription = components["schemas"]["WebhookSubscription"];

const OPTIONAL = ", null or left out";

/** What each field must be; a field that the specification gains must be added here and below. */
const EXPECTED: Readonly<Record<keyof WebhookSubscription, string>> = {
  id: "a positive integer",
  webhook_url: "a string",
  version: "an integer",
  events: "an array of strings",
  active: "true or false",
  secret_configured: `true or false${OPTIONAL}`,
  last_delivered_at: `a string${OPTIONAL}`,
  delivery_attempts: `an integer${OPTIONAL}`,
  created_at: `a string${OPTIONAL}`,
  updated_at: `a string${OPTIONAL}`,
};

type Fields = Readonly<Record<keyof WebhookSubscription, unknown>>;

/**
 * The first field that is wrong of those on which something is decided. Written out, since a list
 * may be long, and a loop over the names takes three times as long.
 */
function findWrongInRow(fields: Fields): keyof WebhookSubscription | undefined {
  if (!isId(fields.id)) return "id";
  if (!isString(fields.webhook_url)) return "webhook_url";
  if (!Array.isArray(fields.events) || !fields.events.every(isString)) return "events";
  if (typeof fields.active !== "boolean") return "active";
  return undefined;
}

function findWrong(fields: Fields): keyof WebhookSubscription | undefined {
  const wrong = findWrongInRow(fields);
  if (wrong !== undefined) return wrong;
  if (!Number.isSafeInteger(fields.version)) return "version";
  if (typeof (fields.secret_configured ?? true) !== "boolean") return "secret_configured";
  if (!isString(fields.last_delivered_at ?? "")) return "last_delivered_at";
  if (!Number.isSafeInteger(fields.delivery_attempts ?? 0)) return "delivery_attempts";
  if (!isString(fields.created_at ?? "")) return "created_at";
  if (!isString(fields.updated_at ?? "")) return "updated_at";
  return undefined;
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

/** Whether it can be the id of a subscription, and nothing that would lead to another URL. */
export function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

/** The version of a subscription; 2, like that of all here, where a row has none that could be sent. */
export function versionOf({ version }: Pick<WebhookSubscription, "version">): number {
  return isId(version) ? version : 2;
}

/**
 * Checks the rows of a list, as far as something is decided on them; the rest is passed on as it
 * came. `invalid` makes the error about one of them, or about its field.
 */
export function readRows(
  rows: readonly unknown[],
  invalid: (field: string, expected: string) => Error,
): WebhookSubscription[] {
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index];
    if (typeof row !== "object" || row === null) throw invalid(`[${index}]`, "an object");
    // An object may be looked into; what is found there is unknown until it has been checked.
    const wrong = findWrongInRow(row as Fields);
    if (wrong !== undefined) throw invalid(`[${index}].${wrong}`, EXPECTED[wrong]);
  }
  // The other fields may be anything; who reads them has to look.
  return rows as WebhookSubscription[];
}

/**
 * Checks one subscription that was written, every field of it; `invalid` makes the error about it, or
 * about its field.
 */
export function readSubscription(
  value: unknown,
  invalid: (field: string, expected: string) => Error,
): WebhookSubscription {
  if (typeof value !== "object" || value === null) throw invalid("", "an object");
  // An object may be looked into; what is found there is unknown until it has been checked.
  const wrong = findWrong(value as Fields);
  if (wrong !== undefined) throw invalid(`.${wrong}`, EXPECTED[wrong]);
  return value as WebhookSubscription;
}

/**
 * Subscriptions as an error may show them: the fields that the specification knows, with what must
 * not be seen hidden, unless that is done later. A server can put anything anywhere else.
 */
export function toShow(
  subscriptions: readonly WebhookSubscription[],
  redact: Redact = (text) => text,
): WebhookSubscription[] {
  return subscriptions.map((subscription) => {
    const known = Object.entries(subscription).filter(([name]) => Object.hasOwn(EXPECTED, name));
    const shown = known.map(([name, value]): [string, unknown] => [name, hideIn(value, redact)]);
    // Texts change, and fields that the type does not have go; the type stays what it was.
    return Object.fromEntries(shown) as WebhookSubscription;
  });
}

function hideIn(value: unknown, redact: Redact): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value) && value.every(isString)) return value.map(redact);
  // A row may hold anything in the fields on which nothing is decided. What cannot be read again
  // after hiding, or is nested too deep, is not shown.
  try {
    return JSON.parse(redact(JSON.stringify(value)));
  } catch {
    return undefined;
  }
}
