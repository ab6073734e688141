import { ownMembers } from "../checks/own-members.js";
import { isSigned } from "./is-signed.js";
import { parseSignature } from "./parse-signature.js";
import { onlyOf } from "./read-header.js";
import { type RawBody, toBytes } from "./to-bytes.js";
import { createHmacs } from "./trust.js";

/**
 * Checks whether a delivery was signed with the secret: HMAC-SHA256 over the raw bytes of the body,
 * compared in constant time.
 *
 * @throws {InvalidInputError} when a secret is invalid.
 * @throws {InvalidSignatureError} with the reason `body_not_raw` when the body is neither a string nor
 * bytes.
 *
 * @example
 * ```ts
 * const body = new Uint8Array(await request.arrayBuffer());
 * const signature = request.headers.get("X-Webhook-Signature");
 * if (!(await verifySignature({ body, signature, secret }))) throw new Error("not from Linq");
 * ```
 */
export async function verifySignature(signed: {
  /** The raw body, exactly as it arrived; a string stands for its UTF-8 bytes. */
  readonly body: RawBody;
  /** The value of the `X-Webhook-Signature` header; null or undefined if there is none. */
  readonly signature: string | readonly string[] | null | undefined;
  /** The secret of the subscription, or several while you change it. Undefined throws an error. */
  readonly secret: string | readonly string[] | undefined;
}): Promise<boolean> {
  const { body, signature, secret } = ownMembers(signed);
  const hmacs = createHmacs(secret);
  const bytes = toBytes(body);
  const claimed = parseSignature(onlyOf(signature));
  return claimed !== undefined && isSigned(bytes, claimed, hmacs);
}
