import type { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { Header } from "../page/protocol.js";
import { readBytes } from "../server/read-bytes.js";

/** A delivery as it arrived. */
export interface Arrival {
  readonly headers: readonly Header[];
  /** Undefined if the body is too large; no part of it is kept then. */
  readonly body: Buffer | undefined;
}

/** In bytes: the default limit of the library's receiver, 1 MiB. */
const MAX_BODY = 1_048_576;

export async function readArrival(incoming: IncomingMessage): Promise<Arrival> {
  const { rawHeaders } = incoming;
  const headers: Header[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] ?? "", rawHeaders[index + 1] ?? ""]);
  }
  return { headers, body: await readBytes(incoming, MAX_BODY) };
}

/** Returns the headers by lower-case name, with repeated ones joined as Node does. */
export function toHeaderRecord(headers: readonly Header[]): Record<string, string> {
  const record = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const before = record.get(key);
    record.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(record);
}
