import { InvalidEventError } from "../errors/invalid-event-error.js";
import { toBytes } from "./to-bytes.js";

/** The members of Node's request streams that are used here, so that no types of Node are imported. */
export interface NodeStream {
  readonly on: (event: string, listener: (chunk: unknown) => void) => unknown;
  readonly pause: () => unknown;
}

/**
 * Reads a stream to its end, once.
 *
 * @param maxBytes - the largest body, in bytes.
 * @param due - resolves when the body must have arrived.
 * @throws {InvalidEventError} when the body is too large or too slow, or breaks off. The rest is not read.
 */
export function readStream(
  stream: NodeStream,
  maxBytes: number,
  due: Promise<unknown>,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    let isOver = false;
    const refuse = (expected: string, status?: number): void => {
      if (isOver) return;
      isOver = true;
      stream.pause();
      reject(new InvalidEventError("", expected, status));
    };
    const breakOff = (): void => {
      refuse("complete");
    };
    stream.on("data", (chunk) => {
      const bytes = toBytes(chunk);
      length += bytes.length;
      if (length > maxBytes) refuse(`at most ${maxBytes} bytes`, 413);
      else chunks.push(bytes);
    });
    stream.on("end", () => {
      isOver = true;
      resolve(join(chunks, length));
    });
    stream.on("error", breakOff);
    stream.on("close", breakOff);
    void due.then(() => {
      refuse("sent in time", 408);
    });
  });
}

/** Most deliveries arrive in one chunk, which needs no copy. */
function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first, second] = chunks;
  if (first && !second) return first;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
