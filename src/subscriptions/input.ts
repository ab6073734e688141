import { EVENT_NAMES, type EventName } from "../../generated/constants.js";
import type { components } from "../../generated/openapi.js";
import { parseUrl } from "../checks/parse-url.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import { checkKeys } from "../checks/check-keys.js";
import { checkSecret } from "../checks/check-secret.js";
import { nearest } from "../checks/nearest.js";
import { ownMembers } from "../checks/own-members.js";
import { isId } from "./subscription.js";

type Body = components["schemas"]["WebhookSubscriptionInput"];

/** What `create` makes. */
export interface WebhookSubscriptionInput<Name extends string = EventName> {
  /** Where deliveries go: an absolute `http:` or `https:` URL. It is stored as written. */
  webhook_url: string;
  /** At least one; order and repeats do not matter. */
  events: readonly Name[];
  /**
   * Signs the deliveries (HMAC-SHA256 over the body). The API never gives it back. Not empty, not
   * masked, no white space around it; where it is left out, the deliveries are not signed.
   */
  secret?: string;
  /**
   * Whether it delivers.
   *
   * @default true
   */
  active?: boolean | undefined;
  /**
   * The API version of the deliveries.
   *
   * @default 2
   */
  version?: number | undefined;
}

/** What `ensure` makes sure of. It is about events that flow, so it takes no `active: false`. */
export type EnsureInput<Name extends string = EventName> = Omit<
  WebhookSubscriptionInput<Name>,
  "active"
> & { active?: true | undefined };

/** What `update` changes: at least one field. Those left out stay as they are. */
export type WebhookSubscriptionPatch<Name extends string = EventName> = Partial<
  WebhookSubscriptionInput<Name>
>;

/** What goes out: every field that the API knows, with its default where it was left out. */
export type CompleteInput = Body & { active: boolean };

/** The fields of an input, for checks. */
export const INPUT_FIELDS = [
  "webhook_url",
  "events",
  "secret",
  "active",
  "version",
] as const satisfies (keyof Body)[];

/** `URL` would also take spaces around it, and `https:///hook` for a host of that name. */
const ABSOLUTE_URL = /^https?:\/\/[^\s/?#\\]\S*$/i;

/**
 * Checks an input at the door and fills in its defaults; the caller's object is left as it is.
 *
 * @throws {InvalidInputError} that names the field; nothing has been sent then.
 */
export function parseInput(input: unknown, allowUnknownEvents: boolean): CompleteInput {
  const fields = checkKeys("input", input, INPUT_FIELDS);
  const { webhook_url, events, active = true, version = 2 } = fields;
  return ownMembers({
    webhook_url: parseWebhookUrl(webhook_url),
    events: parseEvents(events, allowUnknownEvents),
    active: parseActive(active),
    version: parseVersion(version),
    ...parseSecret(fields),
  });
}

/** Like {@link parseInput}, for `ensure`. */
export function parseEnsureInput(input: unknown, allowUnknownEvents: boolean): CompleteInput {
  const parsed = parseInput(input, allowUnknownEvents);
  if (parsed.active) return parsed;
  throw new InvalidInputError("active", "true or left out: `update` and `create` take false");
}

/** Like {@link parseInput}, for the fields that are there; at least one must be. */
export function parsePatch(patch: unknown, allowUnknownEvents: boolean): Partial<CompleteInput> {
  const fields = checkKeys("patch", patch, INPUT_FIELDS);
  const { webhook_url, events, active, version } = fields;
  const parsed: Partial<CompleteInput> = ownMembers({
    ...(webhook_url !== undefined && { webhook_url: parseWebhookUrl(webhook_url) }),
    ...(events !== undefined && { events: parseEvents(events, allowUnknownEvents) }),
    ...(active !== undefined && { active: parseActive(active) }),
    ...(version !== undefined && { version: parseVersion(version) }),
    ...parseSecret(fields),
  });
  if (Object.keys(parsed).length > 0) return parsed;
  throw new InvalidInputError("patch", `an object with at least one of ${INPUT_FIELDS.join(", ")}`);
}

/** @throws {InvalidInputError} for what cannot be the id of a subscription. */
export function parseId(id: unknown): number {
  if (isId(id)) return id;
  throw new InvalidInputError("id", "a positive integer");
}

function parseActive(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new InvalidInputError("active", "true or false");
}

function parseVersion(value: unknown): number {
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

/** Left out means none; undefined does not, since it nearly always is an unset variable. */
function parseSecret(fields: Readonly<Record<string, unknown>>): { secret?: string } {
  return "secret" in fields ? { secret: checkSecret("secret", fields["secret"]) } : {};
}

/** The names as the server has them, which may be more than the specification lists. */
export function asStored(events: readonly string[]): CompleteInput["events"] {
  return events as CompleteInput["events"];
}
