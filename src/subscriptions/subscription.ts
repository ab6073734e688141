import type { components } from "../../generated/openapi.js";
import { type Check, FLAG } from "../checks/check-fields.js";
import type { Redact } from "../checks/redact.js";

/**
 * A webhook subscription as the API returns it. `id`, `webhook_url`, `events` and `active` always exist and
 * have their types; if the server leaves one out, the client throws an `InvalidResponseError`. The client
 * returns the other fields of a list unchecked, because a row may belong to somebody else, and it makes no
 * decision on them. Event names are open, because a server may know more names than the specification.
 *
 * @interface
 */
export type WebhookSubscription = components["schemas"]["WebhookSubscription"];

const TEXT: Check = { expected: "a string", accepts: isString };
const INTEGER: Check = { expected: "an integer", accepts: Number.isSafeInteger };

/** The fields for the identity and the settings of a subscription, which plans and the guard use. */
const FACTS = {
  id: { expected: "a positive integer", accepts: isId },
  webhook_url: TEXT,
  events: { expected: "an array of strings", accepts: isStrings },
  active: FLAG,
  version: INTEGER,
  secret_configured: optional(FLAG),
} satisfies Partial<Record<keyof WebhookSubscription, Check>>;

/** The fields for the history of a subscription. A field that the specification gains belongs here or in the facts. */
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
 * The first invalid field among those that decisions use. It is written out, because a list may be long,
 * and a loop over the names takes three times as long.
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

/** Whether a value is a valid id, which cannot change the path of a request. */
export function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

/** The version of a subscription; 2, the default, if a row has no valid one. */
export function versionOf({ version }: Pick<WebhookSubscription, "version">): number {
  return isId(version) ? version : 2;
}

/** The facts of a subscription as text, for plans and the guard, without the fields that deliveries change. */
export function factsOf(subscription: WebhookSubscription): string {
  // The keys are those of the record.
  const facts = (Object.keys(FACTS) as (keyof typeof FACTS)[]).map((name) =>
    name === "events" ? [...new Set(subscription.events)].sort() : subscription[name],
  );
  return JSON.stringify(facts);
}

/**
 * Checks the fields of each row that decisions use, and returns the others unchecked. `invalid` makes the
 * error about a row or one of its fields.
 */
export function readRows(
  rows: readonly unknown[],
  invalid: (field: string, expected: string) => Error,
): WebhookSubscription[] {
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index];
    if (typeof row !== "object" || row === null) throw invalid(`[${index}]`, "an object");
    // The members of an object stay unknown until they are checked.
    const wrong = findWrongInRow(row as Fields);
    if (wrong !== undefined) throw invalid(`[${index}].${wrong}`, FIELDS[wrong].expected);
  }
  // The other fields may hold any value, so code that reads them must check them.
  return rows as WebhookSubscription[];
}

/**
 * Checks every field of a subscription that was written. `invalid` makes the error about the subscription
 * or one of its fields.
 */
export function readSubscription(
  value: unknown,
  invalid: (field: string, expected: string) => Error,
): WebhookSubscription {
  if (typeof value !== "object" || value === null) throw invalid("", "an object");
  // The members of an object stay unknown until they are checked.
  const fields = value as Readonly<Record<string, unknown>>;
  for (const [name, { accepts, expected }] of Object.entries(FIELDS)) {
    if (!accepts(fields[name])) throw invalid(`.${name}`, expected);
  }
  return value as WebhookSubscription;
}

/**
 * Prepares subscriptions for an error. It keeps only the fields of the specification, because a server can
 * put anything into others, and redacts their values unless the caller does so later.
 */
export function toShow(
  subscriptions: readonly WebhookSubscription[],
  redact: Redact = (text) => text,
): WebhookSubscription[] {
  return subscriptions.map((subscription) => {
    const known = Object.entries(subscription).filter(([name]) => Object.hasOwn(FIELDS, name));
    const shown = known.map(([name, value]): [string, unknown] => [name, hideIn(value, redact)]);
    // Only strings change, and only fields outside the type are removed.
    return Object.fromEntries(shown) as WebhookSubscription;
  });
}

function hideIn(value: unknown, redact: Redact): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value !== "object" || value === null) return value;
  if (isStrings(value)) return value.map(redact);
  // An unchecked field may hold any value. A value that is nested too deeply, or is no longer JSON after
  // redaction, is not shown.
  try {
    return JSON.parse(redact(JSON.stringify(value)));
  } catch {
    return undefined;
  }
}
