const SIGNATURE = /^sha256=[0-9A-Fa-f]{64}$/;

/**
 * Reads the value of an `X-Webhook-Signature` header: exactly `sha256=` and 64 hexadecimal digits.
 *
 * @returns the digits in lower case, or undefined for any other value.
 */
export function parseSignature(value: unknown): string | undefined {
  return typeof value === "string" && SIGNATURE.test(value)
    ? value.slice(7).toLowerCase()
    : undefined;
}
