import { isSigned } from "./is-signed.js";
import { parseSignature } from "./parse-signature.js";
import { type DeliveryHeaders, readHeader } from "./read-header.js";
import { whyDifferent, whyUnreadable } from "./refusals.js";
import type { Hmac } from "./runtime.js";
import type { Trust } from "./trust.js";

/**
 * Reads the signature that a delivery claims to have, for which nothing of its body is needed.
 *
 * @returns undefined for a delivery that needs none.
 * @throws {InvalidSignatureError} with the reason, when there is none that could be one.
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
 * @returns undefined when the claim is that of the body. Where that has to be waited for, and where it is
 * not, a promise of it, which rejects with an {@link InvalidSignatureError} that has the reason.
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
