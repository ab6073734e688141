import { isSigned } from "./is-signed.js";
import { parseSignature } from "./parse-signature.js";
import { type DeliveryHeaders, readHeader } from "./read-header.js";
import { whyDifferent, whyUnreadable } from "./refusals.js";
import type { Hmac } from "./runtime.js";
import type { Trust } from "./trust.js";

/**
 * Reads the signature that a delivery claims to have. The body is not needed for this.
 *
 * @returns undefined for an unsigned delivery if unsigned deliveries are allowed.
 * @throws {InvalidSignatureError} with the reason, when the header is missing or malformed.
 */
export function readClaim(
  headers: DeliveryHeaders,
  { allowUnsigned }: Pick<Trust, "allowUnsigned">,
): string | undefined {
  const header = readHeader(headers, "x-webhook-signature");
  const claimed = parseSignature(header);
  if (claimed || (header === undefined && allowUnsigned)) return claimed;
  throw whyUnreadable(header, headers);
}

/**
 * Checks that the claimed signature is the signature of the body.
 *
 * @returns undefined when it is known at once that the signature is valid, or that none is needed.
 * Otherwise a promise, which rejects with an {@link InvalidSignatureError} and its reason.
 */
export function authenticate(
  body: Uint8Array,
  claimed: string | undefined,
  { hmacs }: Pick<Trust, "hmacs">,
): Promise<void> | undefined {
  if (claimed === undefined || hmacs.length === 0) return undefined;
  const verdict = isSigned(body, claimed, hmacs);
  return verdict === true ? undefined : refuseUnless(verdict, body, claimed, hmacs);
}

async function refuseUnless(
  verdict: boolean | Promise<boolean>,
  body: Uint8Array,
  claimed: string,
  hmacs: readonly Hmac[],
): Promise<void> {
  if (!(await verdict)) throw await whyDifferent(body, claimed, hmacs);
}
