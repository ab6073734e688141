import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";

/** The body of a request; undefined for one that is larger than that, of which the rest is not read. */
export async function readBytes(
  incoming: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Without an encoding set, a request gives nothing but buffers.
  for await (const chunk of incoming.iterator({
    destroyOnReturn: false,
  }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
