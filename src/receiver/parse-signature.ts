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
  return Uint8Array.from({ length: 32 }, (_, index) => {
    const at = 7 + index * 2;
    return digitAt(value, at) * 16 + digitAt(value, at + 1);
  });
}

/** The low four bits of "a" and "A" are 1. */
function digitAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return (code & 15) + (code > 57 ? 9 : 0);
}
