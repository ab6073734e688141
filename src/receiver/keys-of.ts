import { webCrypto } from "../checks/web-crypto.js";
import type { LinqEvent } from "./event.js";
import { withAll } from "./with-all.js";

/** How events are told apart. */
export interface KeyOptions {
  readonly namespace: string;
  readonly dedupeKey: ((event: LinqEvent) => string | undefined) | undefined;
}

/** How long a part of a key may be, in characters; what is longer is known by its hash. */
const LONGEST = 200;

/**
 * The keys of an event in the store. The type belongs to the first one, since one id has been seen on
 * events of two types. An event without an id is known by its bytes, and so is one whose id is a number
 * that JavaScript cannot tell from its neighbours.
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
  // No type has a colon then, so none in an id makes two events look alike.
  const type = event_type.replaceAll("%", "%25").replaceAll(":", "%3A");
  const parts = [shorten(type), id];
  // Any other answer would make one of events that have nothing in common, and lose all but one.
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
