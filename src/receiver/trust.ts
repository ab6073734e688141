import { createHmac } from "#receiver/runtime";
import { checkFlag } from "../checks/check-keys.js";
import { ownMembers } from "../checks/own-members.js";
import { checkSecret } from "../checks/check-secret.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { Hmac } from "./runtime.js";

/** Which deliveries to believe, and how far. */
export type TrustOptions = {
  /**
   * Holds each field of an event to its description in spec/webhook-events.json, and refuses what
   * differs; fields that are not described there are let through. Without it only `event_type` and
   * `data` are known to be what their types say.
   *
   * @default false
   */
  validate?: boolean | undefined;
} & (
  | {
      /**
       * The secret of the subscription; several while it is being changed. The type takes `undefined`, so
       * that `process.env.LINQ_WEBHOOK_SECRET` compiles; an unset variable is an
       * {@link InvalidInputError} when the program runs.
       */
      secret: string | readonly string[] | undefined;
      /**
       * Takes deliveries without a signature. A signature that is there is still verified.
       *
       * @default false
       */
      allowUnsigned?: boolean | undefined;
    }
  | {
      /** Left out, signatures are not verified at all. */
      secret?: string | readonly string[];
      /** Takes everybody's word that they are Linq. */
      allowUnsigned: true;
    }
);

/** Whose deliveries are taken. */
export interface Trust {
  readonly hmacs: readonly Hmac[];
  readonly allowUnsigned: boolean;
}

/** @throws {InvalidInputError} unless there is a usable secret, or an explicit waiver of it. */
export function parseTrust(given: TrustOptions): Trust {
  const options = ownMembers(given);
  const allowUnsigned = checkFlag("allowUnsigned", options.allowUnsigned);
  const isWaived = allowUnsigned && !("secret" in options);
  return { hmacs: isWaived ? [] : createHmacs(options.secret), allowUnsigned };
}

/** One for each secret. @throws {InvalidInputError} when one is not usable, or there is none. */
export function createHmacs(secret: unknown): readonly Hmac[] {
  if (!Array.isArray(secret)) return createLastHmacs(secret);
  if (secret.length === 0) throw new InvalidInputError("secret", "at least one secret");
  // Unlike `map`, this does not step over holes.
  return Array.from(secret, (value, index) => createHmac(checkSecret(`secret[${index}]`, value)));
}

/**
 * Keeps those of the last secret: a program without a receiver verifies delivery after delivery with the
 * same one, and to check it and make its key anew takes a fifth of the time of verifying 1 kB.
 */
function createLastHmacs(secret: unknown): readonly Hmac[] {
  if (last && last.secret === secret) return last.hmacs;
  const hmacs = [createHmac(checkSecret("secret", secret))];
  last = { secret, hmacs };
  return hmacs;
}

let last: { readonly secret: unknown; readonly hmacs: readonly Hmac[] } | undefined;
