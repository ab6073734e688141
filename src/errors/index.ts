import type { LinqApiError } from "./api-error.js";
import type { CreateOutcomeUnknownError } from "./create-outcome-unknown-error.js";
import type { DuplicateSubscriptionError } from "./duplicate-subscription-error.js";
import type { InvalidEventError } from "./invalid-event-error.js";
import type { InvalidInputError } from "./invalid-input-error.js";
import type { InvalidResponseError } from "./invalid-response-error.js";
import type { InvalidSignatureError } from "./invalid-signature-error.js";
import { LinqError } from "./linq-error.js";
import type { LinqConnectionError } from "./connection-error.js";
import type { LinqTimeoutError } from "./timeout-error.js";
import type { SecretLostError } from "./secret-lost-error.js";
import type { StalePlanError } from "./stale-plan-error.js";
import type { SubscriptionNotFoundError } from "./subscription-not-found-error.js";
import type { UnexpectedRedirectError } from "./unexpected-redirect-error.js";

export { LinqApiError } from "./api-error.js";
export { LinqConnectionError } from "./connection-error.js";
export { CreateOutcomeUnknownError } from "./create-outcome-unknown-error.js";
export { DuplicateSubscriptionError } from "./duplicate-subscription-error.js";
export { InvalidEventError } from "./invalid-event-error.js";
export { InvalidInputError } from "./invalid-input-error.js";
export { InvalidResponseError } from "./invalid-response-error.js";
export { InvalidSignatureError } from "./invalid-signature-error.js";
export { LinqError } from "./linq-error.js";
export { type Attempt, LinqRequestError } from "./request-error.js";
export { SecretLostError } from "./secret-lost-error.js";
export { StalePlanError } from "./stale-plan-error.js";
export { SubscriptionNotFoundError } from "./subscription-not-found-error.js";
export { LinqTimeoutError } from "./timeout-error.js";
export { UnexpectedRedirectError } from "./unexpected-redirect-error.js";

/** Every error of this library, for an exhaustive `switch (error.code)`. */
export type AnyLinqError =
  | LinqApiError
  | LinqConnectionError
  | LinqTimeoutError
  | UnexpectedRedirectError
  | InvalidResponseError
  | InvalidInputError
  | SubscriptionNotFoundError
  | DuplicateSubscriptionError
  | CreateOutcomeUnknownError
  | SecretLostError
  | StalePlanError
  | InvalidSignatureError
  | InvalidEventError;

/**
 * Whether a caught value is an error of this library. It narrows the value, so that TypeScript knows every
 * `code` in a `switch`.
 *
 * @example
 * ```ts
 * try {
 *   await linq.webhookSubscriptions.delete(42);
 * } catch (error) {
 *   if (!isLinqError(error) || error.code !== "not_found") throw error;
 *   console.log(error.id);
 * }
 * ```
 */
export function isLinqError(error: unknown): error is AnyLinqError {
  return error instanceof LinqError;
}
