import type { Hmac } from "./runtime.js";
import { withAll } from "./with-all.js";

/** Whether one of the secrets made the signature. The time does not depend on which one, if any. */
export function isSigned(
  body: Uint8Array,
  claimed: string,
  hmacs: readonly Hmac[],
): boolean | Promise<boolean> {
  const digests = hmacs.map((hmac) => hmac(body));
  return withAll(digests, (all) => all.filter((digest) => isEqual(digest, claimed)).length > 0);
}

/** Compares every digit, in constant time. */
function isEqual(expected: string, claimed: string): boolean {
  let difference = expected.length ^ claimed.length;
  for (let index = 0; index < expected.length; index++) {
    difference |= expected.charCodeAt(index) ^ claimed.charCodeAt(index);
  }
  return difference === 0;
}
