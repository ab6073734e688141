import { createHmac } from "#receiver/runtime";
import { checkFlag } from "../checks/check-keys.js";
import { ownMembers } from "../checks/own-members.js";
import { checkSecret } from "../checks/check-secret.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { Hmac } from "./runtime.js";

/** Which deliveries to accept, and how strictly to check them. */
export type TrustOptions = {
  /**
   * Validates each field of an event against its description in spec/webhook-events.json, and refuses
   * events that do not match. Fields without a description pass. By default only `event_type` and `data`
   * are sure to have their types.
   *
   * @default false
   */
  validate?: boolean | undefined;
} & (
  | {
      /**
       * The secret of the subscription, or several while you change it. The type accepts `undefined`, so
       * that `process.env.LINQ_WEBHOOK_SECRET` compiles; an unset variable throws an
       * {@link InvalidInputError} at run time.
       */
      secret: string | readonly string[] | undefined;
      /**
       * Accepts deliveries without a signature. If a delivery has a signature, it is still verified.
       *
       * @default false
       */
      allowUnsigned?: boolean | undefined;
    }
  | {
      /** If it is left out, no signature is verified. */
      secret?: string | readonly string[];
      /** Accepts deliveries from anyone. */
      allowUnsigned: true;
    }
);

/** The checked form of {@link TrustOptions}. */
export interface Trust {
  readonly hmacs: readonly Hmac[];
  readonly allowUnsigned: boolean;
}

/** @throws {InvalidInputError} unless there is a valid secret, or `allowUnsigned` is set without one. */
export function parseTrust(given: TrustOptions): Trust {
  const options = ownMembers(given);
  const allowUnsigned = checkFlag("allowUnsigned", options.allowUnsigned);
  const isWaived = allowUnsigned && !("secret" in options);
  return { hmacs: isWaived ? [] : createHmacs(options.secret), allowUnsigned };
}

/** One for each secret. @throws {InvalidInputError} when a secret is invalid, or there is none. */
export function createHmacs(secret: unknown): readonly Hmac[] {
  if (!Array.isArray(secret)) return createLastHmacs(secret);
  if (secret.length === 0) throw new InvalidInputError("secret", "at least one secret");
  // Unlike `map`, this does not skip holes.
  return Array.from(secret, (value, index) => createHmac(checkSecret(`secret[${index}]`, value)));
}

/**
 * Caches the result for the last secret. A program without a receiver verifies all deliveries with the
 * same secret, and checking it and creating its key takes a fifth of the time of verifying 1 kB.
 */
function createLastHmacs(secret: unknown): readonly Hmac[] {
  if (last && last.secret === secret) return last.hmacs;
  const hmacs = [createHmac(checkSecret("secret", secret))];
  last = { secret, hmacs };
  return hmacs;
}

let last: { readonly secret: unknown; readonly hmacs: readonly Hmac[] } | undefined;
