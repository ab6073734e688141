const SIGNATURE = /^sha256=[0-9a-f]{64}$/i;

/**
 * Reads the value of an `X-Webhook-Signature` header: exactly `sha256=` and 64 hexadecimal digits.
 *
 * @returns its 32 bytes, or undefined for everything else.
 */
export function parseSignature(value: unknown): Uint8Array | undefined {
  if (typeof value !== "string" || !SIGNATURE.test(value) || !value.startsWith("sha256=")) {
    return undefined;
  }
  const bytes = new Uint8Array(32);
  for (let index = 0; index < 32; index++) {
    const at = 7 + index * 2;
    bytes[index] = digitAt(value, at) * 16 + digitAt(value, at + 1);
  }
  return bytes;
}

/** The low four bits of "a" and "A" are 1. */
function digitAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return (code & 15) + (code > 57 ? 9 : 0);
}
