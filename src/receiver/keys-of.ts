import type { LinqEvent } from "./event.js";

/** How events are told apart. */
export interface KeyOptions {
  readonly namespace: string;
  readonly dedupeKey: ((event: LinqEvent) => string | undefined) | undefined;
}

/**
 * The keys of an event in the store. The type belongs to the first one, since one id has been seen on
 * events of two types; an event without an id is known by its bytes.
 */
export async function keysOf(
  event: LinqEvent,
  body: Uint8Array,
  { namespace, dedupeKey }: KeyOptions,
): Promise<string[]> {
  const { event_type, event_id } = event;
  const isNamed = (typeof event_id === "string" && event_id) || typeof event_id === "number";
  const id = isNamed ? event_id : await hash(body);
  const second = dedupeKey?.(event);
  const keys = [`${namespace}:${event_type}:${id}`];
  // Any other answer would make one of events that have nothing in common, and lose all but one.
  if (typeof second === "string" && second) keys.push(`${namespace}:key:${second}`);
  return keys;
}

async function hash(body: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(body));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
