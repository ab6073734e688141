import { webCrypto } from "../checks/web-crypto.js";
import type { LinqEvent } from "./event.js";

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
export async function keysOf(
  event: LinqEvent,
  body: Uint8Array,
  { namespace, dedupeKey }: KeyOptions,
): Promise<string[]> {
  const { event_type, event_id } = event;
  const isNamed =
    (typeof event_id === "string" && event_id !== "") || Number.isSafeInteger(event_id);
  const id = isNamed ? await shorten(String(event_id)) : await hash(body);
  const second = dedupeKey?.(event);
  // No type has a colon then, so none in an id makes two events look alike.
  const type = event_type.replaceAll("%", "%25").replaceAll(":", "%3A");
  const keys = [`${namespace}:${await shorten(type)}:${id}`];
  // Any other answer would make one of events that have nothing in common, and lose all but one.
  if (typeof second === "string" && second) keys.push(`${namespace}::${await shorten(second)}`);
  return keys;
}

async function shorten(text: string): Promise<string> {
  return text.length <= LONGEST ? text : `sha256:${await hash(new TextEncoder().encode(text))}`;
}

async function hash(body: Uint8Array): Promise<string> {
  const digest = await webCrypto().subtle.digest("SHA-256", new Uint8Array(body));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
