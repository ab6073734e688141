import { InvalidEventError } from "../errors/invalid-event-error.js";

/**
 * Reads the body of a request to its end. It counts the bytes that arrive, whatever `content-length`
 * says.
 *
 * @param maxBytes - the largest body, in bytes.
 * @param due - resolves when the body must have arrived.
 * @throws {InvalidEventError} when the body is too large or too slow, or breaks off.
 */
export async function readBody(
  { body, headers }: Request,
  maxBytes: number,
  due: Promise<unknown>,
): Promise<Uint8Array> {
  if (!body) return new Uint8Array();
  const reader = body.getReader();
  let refusal: InvalidEventError | undefined;
  const stop = (expected: string, status: number): void => {
    refusal = new InvalidEventError("", expected, status);
    // This also ends a pending read. A failure to cancel does not matter.
    reader.cancel().catch(() => undefined);
  };
  const checkLength = (length: number): void => {
    if (length > maxBytes) stop(`at most ${maxBytes} bytes`, 413);
  };
  checkLength(Number(headers.get("content-length")));
  void due.then(() => {
    stop("sent in time", 408);
  });

  let bytes = new Uint8Array(1024);
  let length = 0;
  for (;;) {
    const { value } = await reader.read().catch(() => {
      throw refusal ?? new InvalidEventError("", "complete");
    });
    checkLength(length + (value?.length ?? 0));
    // It may have been stopped during the read.
    if (refusal) throw refusal;
    if (!value) return bytes.subarray(0, length);
    bytes = withRoomFor(length + value.length, bytes);
    bytes.set(value, length);
    length += value.length;
  }
}

/** At least doubles the room, so that a body of many small chunks is not copied for each chunk. */
function withRoomFor(length: number, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (length <= bytes.length) return bytes;
  const grown = new Uint8Array(Math.max(length, bytes.length * 2));
  grown.set(bytes);
  return grown;
}
