import type { EventName } from "../../generated/constants.js";
import { checkKeys } from "../checks/check-keys.js";
import { checkSecret } from "../checks/check-secret.js";
import { ownMembers } from "../checks/own-members.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import { INPUT_FIELDS, type InputFields, mapFields, parseWebhookUrl } from "./input-fields.js";
import { isId } from "./subscription.js";

/** Fields with their own descriptions, types or defaults below. */
type OwnField = "webhook_url" | "events" | "secret" | "active" | "version";

/** The other fields of the specification, unchanged. */
type FurtherFields = {
  [Field in keyof InputFields as Exclude<Field, OwnField>]: InputFields[Field];
};

/** The input of `create`. */
export interface WebhookSubscriptionInput<Name extends string = EventName> extends FurtherFields {
  /** The URL that receives the deliveries: absolute, `http:` or `https:`. The API stores it as written. */
  webhook_url: string;
  /** The events to deliver, at least one. Order and repeats do not matter. */
  events: readonly Name[];
  /**
   * Signs the deliveries (HMAC-SHA256 over the body). The API never returns it. It must have 6 to 1,024
   * printable characters, without white space around it, and not be masked. If it is left out, the
   * deliveries are not signed.
   */
  secret?: string;
  /**
   * Whether the subscription delivers.
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

/** The input of `ensure`. It cannot have `active: false`, because `ensure` is about delivered events. */
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

/** The fields that `update` changes, at least one. Fields that are left out keep their values. */
export type WebhookSubscriptionPatch<Name extends string = EventName> = Partial<
  WebhookSubscriptionInput<Name>
>;

/** The input of `rotateSecret`: the URL and its new secret. */
export type RotateSecretInput = Required<Pick<WebhookSubscriptionInput, "webhook_url" | "secret">>;

/** The body of a write: every field of the API, with the defaults filled in. */
export type CompleteInput = InputFields & { active: boolean };

/**
 * Checks an input before anything is sent, and fills in its defaults. The caller's object is not changed.
 *
 * @throws {InvalidInputError} that names the field.
 */
export function parseInput(input: unknown, allowUnknownEvents: boolean): CompleteInput {
  // Each row returns the type of its field, and the row of a required field returns a value or throws.
  return parseFields("input", input, allowUnknownEvents) as CompleteInput;
}

/** Like {@link parseInput}, for `ensure`. */
export function parseEnsureInput(input: unknown, allowUnknownEvents: boolean): CompleteInput {
  const parsed = parseInput(input, allowUnknownEvents);
  if (parsed.active) return parsed;
  throw new InvalidInputError("active", "true or left out: `update` and `create` accept false");
}

/** Like {@link parseInput}, but for at least one field instead of all. */
export function parsePatch(patch: unknown, allowUnknownEvents: boolean): Partial<CompleteInput> {
  const parsed = parseFields("patch", patch, allowUnknownEvents);
  if (Object.keys(parsed).length > 0) return parsed;
  throw new InvalidInputError(
    "patch",
    `an object with at least one of ${Object.keys(INPUT_FIELDS).join(", ")}`,
  );
}

/** Like {@link parseInput}, for `rotateSecret`, which accepts only these two fields. */
export function parseRotateSecretInput(input: unknown): RotateSecretInput {
  const { webhook_url, secret } = checkKeys<unknown>("input", input, ["webhook_url", "secret"]);
  checkSecretGiven(secret);
  return { webhook_url: parseWebhookUrl(webhook_url), secret: checkSecret("secret", secret) };
}

/** @throws {InvalidInputError} if the secret is undefined. */
export function checkSecretGiven(secret: unknown): void {
  if (secret !== undefined) return;
  throw new InvalidInputError("secret", "given with `rotateSecret`, which writes it");
}

function parseFields(name: "input" | "patch", given: unknown, allowUnknownEvents: boolean): object {
  const fields = checkKeys(name, given, Object.keys(INPUT_FIELDS));
  const parsed = mapFields((field, { parse, isOptional }) => {
    const value = fields[field];
    // An optional field may be left out but not undefined, which is nearly always an unset variable.
    const isLeftOut = isOptional ? !(field in fields) : value === undefined && name === "patch";
    return isLeftOut ? undefined : parse(value, allowUnknownEvents);
  });
  return ownMembers(parsed);
}

/** @throws {InvalidInputError} for a value that cannot be an id. */
export function parseId(id: unknown): number {
  if (isId(id)) return id;
  throw new InvalidInputError("id", "a positive integer");
}
