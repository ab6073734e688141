import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";

/** Reads the body of a request. It stops and returns undefined if the body is larger than `maxBytes`. */
export async function readBytes(
  incoming: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  // A request without an encoding yields only buffers.
  for await (const chunk of incoming.iterator({
    destroyOnReturn: false,
  }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
