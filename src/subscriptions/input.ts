import type { EventName } from "../../generated/constants.js";
import { checkKeys } from "../checks/check-keys.js";
import { checkSecret } from "../checks/check-secret.js";
import { ownMembers } from "../checks/own-members.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import { INPUT_FIELDS, type InputFields, mapFields, parseWebhookUrl } from "./input-fields.js";
import { isId } from "./subscription.js";

/** Fields that have words, types or defaults of their own below. */
type OwnField = "webhook_url" | "events" | "secret" | "active" | "version";

/** The other fields of the specification, as it has them. */
type FurtherFields = {
  [Field in keyof InputFields as Exclude<Field, OwnField>]: InputFields[Field];
};

/** What `create` makes. */
export interface WebhookSubscriptionInput<Name extends string = EventName> extends FurtherFields {
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
> & {
  /**
   * True or left out.
   *
   * @default true
   */
  active?: true | undefined;
};

/** What `update` changes: at least one field. Those left out stay as they are. */
export type WebhookSubscriptionPatch<Name extends string = EventName> = Partial<
  WebhookSubscriptionInput<Name>
>;

/** What `rotateSecret` writes, and where. */
export type RotateSecretInput = Required<Pick<WebhookSubscriptionInput, "webhook_url" | "secret">>;

/** What goes out: every field that the API knows, with its default where it was left out. */
export type CompleteInput = InputFields & { active: boolean };

/**
 * Checks an input at the door and fills in its defaults; the caller's object is left as it is.
 *
 * @throws {InvalidInputError} that names the field; nothing has been sent then.
 */
export function parseInput(input: unknown, allowUnknownEvents: boolean): CompleteInput {
  // A row gives what its field is, and those of the fields that must be there give one or throw.
  return parseFields("input", input, allowUnknownEvents) as CompleteInput;
}

/** Like {@link parseInput}, for `ensure`. */
export function parseEnsureInput(input: unknown, allowUnknownEvents: boolean): CompleteInput {
  const parsed = parseInput(input, allowUnknownEvents);
  if (parsed.active) return parsed;
  throw new InvalidInputError("active", "true or left out: `update` and `create` take false");
}

/** Like {@link parseInput}, for the fields that are there; at least one must be. */
export function parsePatch(patch: unknown, allowUnknownEvents: boolean): Partial<CompleteInput> {
  const parsed = parseFields("patch", patch, allowUnknownEvents);
  if (Object.keys(parsed).length > 0) return parsed;
  throw new InvalidInputError(
    "patch",
    `an object with at least one of ${Object.keys(INPUT_FIELDS).join(", ")}`,
  );
}

/** Like {@link parseInput}, for `rotateSecret`, which takes these two alone. */
export function parseRotateSecretInput(input: unknown): RotateSecretInput {
  const { webhook_url, secret } = checkKeys<unknown>("input", input, ["webhook_url", "secret"]);
  checkSecretGiven(secret);
  return { webhook_url: parseWebhookUrl(webhook_url), secret: checkSecret("secret", secret) };
}

/** @throws {InvalidInputError} where there is no secret to write. */
export function checkSecretGiven(secret: unknown): void {
  if (secret !== undefined) return;
  throw new InvalidInputError("secret", "given with `rotateSecret`, which writes it");
}

function parseFields(name: "input" | "patch", given: unknown, allowUnknownEvents: boolean): object {
  const fields = checkKeys(name, given, Object.keys(INPUT_FIELDS));
  const parsed = mapFields((field, { parse, isOptional }) => {
    const value = fields[field];
    // Where left out means none, undefined does not: it nearly always is an unset variable.
    const isLeftOut = isOptional ? !(field in fields) : value === undefined && name === "patch";
    return isLeftOut ? undefined : parse(value, allowUnknownEvents);
  });
  return ownMembers(parsed);
}

/** @throws {InvalidInputError} for what cannot be the id of a subscription. */
export function parseId(id: unknown): number {
  if (isId(id)) return id;
  throw new InvalidInputError("id", "a positive integer");
}
