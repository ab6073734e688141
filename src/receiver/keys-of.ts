import { webCrypto } from "../checks/web-crypto.js";
import type { LinqEvent } from "./event.js";
import { withAll } from "./with-all.js";

/** How events are identified. */
export interface KeyOptions {
  readonly namespace: string;
  readonly dedupeKey: ((event: LinqEvent) => string | undefined) | undefined;
}

/** The maximum length of a part of a key, in characters; a longer part is replaced by its hash. */
const LONGEST = 200;

/**
 * The keys of an event in the store. The first key includes the type, since events of two types have
 * been seen with the same id. An event without an id is identified by its bytes. So is one whose id is
 * a number that JavaScript cannot represent exactly.
 */
export function keysOf(
  event: LinqEvent,
  body: Uint8Array,
  { namespace, dedupeKey }: KeyOptions,
): readonly string[] | Promise<readonly string[]> {
  const { event_type, event_id } = event;
  const second = dedupeKey?.(event);
  const isNamed =
    (typeof event_id === "string" && event_id !== "") || Number.isSafeInteger(event_id);
  const id = isNamed ? shorten(String(event_id)) : hash(body);
  // The type then has no colon, so a colon in an id cannot make two keys equal.
  const type = event_type.replaceAll("%", "%25").replaceAll(":", "%3A");
  const parts = [shorten(type), id];
  // Any other result would give unrelated events the same key, and all but one would be lost.
  if (typeof second === "string" && second) parts.push(shorten(second));
  return withAll(parts, ([typePart, idPart, ...others]) => [
    `${namespace}:${typePart}:${idPart}`,
    ...others.map((part) => `${namespace}::${part}`),
  ]);
}

function shorten(text: string): string | Promise<string> {
  if (text.length <= LONGEST) return text;
  return hash(new TextEncoder().encode(text)).then((digest) => `sha256:${digest}`);
}

async function hash(body: Uint8Array): Promise<string> {
  const digest = await webCrypto().subtle.digest("SHA-256", new Uint8Array(body));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
