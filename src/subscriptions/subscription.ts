import type { components } from "../../generated/openapi.js";
import { type Check, FLAG } from "../checks/check-fields.js";
import type { Redact } from "../checks/redact.js";

/**
 * A webhook subscription as the API returns it. `id`, `webhook_url`, `events` and `active` are
 * always there and of their type; a server that leaves one out gets an `InvalidResponseError`. The
 * other fields of a list are passed on as they came, since a row may be somebody else's, and nothing
 * is decided on them. Event names are open, since a server may know more of them than the
 * specification.
 *
 * @interface
 */
export type WebhookSubscription = components["schemas"]["WebhookSubscription"];

const TEXT: Check = { expected: "a string", accepts: isString };
const INTEGER: Check = { expected: "an integer", accepts: Number.isSafeInteger };

/** The fields that say which subscription it is and how it is set. Plans and the guard go by them. */
const FACTS = {
  id: { expected: "a positive integer", accepts: isId },
  webhook_url: TEXT,
  events: { expected: "an array of strings", accepts: isStrings },
  active: FLAG,
  version: INTEGER,
  secret_configured: optional(FLAG),
} satisfies Partial<Record<keyof WebhookSubscription, Check>>;

/** What happens to it. A field that the specification gains must be added here, or to the facts. */
const HISTORY: Readonly<Record<Exclude<keyof WebhookSubscription, keyof typeof FACTS>, Check>> = {
  last_delivered_at: optional(TEXT),
  delivery_attempts: optional(INTEGER),
  created_at: optional(TEXT),
  updated_at: optional(TEXT),
};

const FIELDS: Readonly<Record<keyof WebhookSubscription, Check>> = { ...FACTS, ...HISTORY };

function optional({ expected, accepts }: Check): Check {
  return {
    expected: `${expected}, null or left out`,
    accepts: (value) => value === undefined || value === null || accepts(value),
  };
}

type Fields = Readonly<Record<keyof WebhookSubscription, unknown>>;

/**
 * The first field that is wrong of those on which something is decided. Written out, since a list
 * may be long, and a loop over the names takes three times as long.
 */
function findWrongInRow(fields: Fields): keyof WebhookSubscription | undefined {
  if (!isId(fields.id)) return "id";
  if (!isString(fields.webhook_url)) return "webhook_url";
  if (!isStrings(fields.events)) return "events";
  if (typeof fields.active !== "boolean") return "active";
  return undefined;
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isString);
}

/** Whether it can be the id of a subscription, and nothing that would lead to another URL. */
export function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

/** The version of a subscription; 2, like that of all here, where a row has none that could be sent. */
export function versionOf({ version }: Pick<WebhookSubscription, "version">): number {
  return isId(version) ? version : 2;
}

/** The facts of a subscription as text, for plans and the guard: what deliveries and clocks change is left out. */
export function factsOf(subscription: WebhookSubscription): string {
  // The names are those of the record.
  const facts = (Object.keys(FACTS) as (keyof typeof FACTS)[]).map((name) =>
    name === "events" ? [...new Set(subscription.events)].sort() : subscription[name],
  );
  return JSON.stringify(facts);
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
    if (wrong !== undefined) throw invalid(`[${index}].${wrong}`, FIELDS[wrong].expected);
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
  const fields = value as Readonly<Record<string, unknown>>;
  for (const [name, { accepts, expected }] of Object.entries(FIELDS)) {
    if (!accepts(fields[name])) throw invalid(`.${name}`, expected);
  }
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
    const known = Object.entries(subscription).filter(([name]) => Object.hasOwn(FIELDS, name));
    const shown = known.map(([name, value]): [string, unknown] => [name, hideIn(value, redact)]);
    // Texts change, and fields that the type does not have go; the type stays what it was.
    return Object.fromEntries(shown) as WebhookSubscription;
  });
}

function hideIn(value: unknown, redact: Redact): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value !== "object" || value === null) return value;
  if (isStrings(value)) return value.map(redact);
  // A row may hold anything in the fields on which nothing is decided. What cannot be read again
  // after hiding, or is nested too deep, is not shown.
  try {
    return JSON.parse(redact(JSON.stringify(value)));
  } catch {
    return undefined;
  }
}
