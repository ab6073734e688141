import type { Call } from "../http/call.js";
import type { Http } from "../http/http.js";
import type { Context } from "./context.js";
import type { WebhookSubscriptions } from "./webhook-subscriptions.js";

export type { Call };

/** What the methods of a client are made of, for features that need more than the methods. */
export interface Internals {
  readonly context: Context;
  readonly run: Http["run"];
}

const internals = new WeakMap<object, Internals>();

/** Keeps them for as long as there are the methods, where nobody else finds them. */
export function keepInternals(methods: WebhookSubscriptions<string>, own: Internals): void {
  internals.set(methods, own);
}

/** Undefined for what `createLinqClient` has not made, copies and wrappers included. */
export function internalsOf(methods: object): Internals | undefined {
  return internals.get(methods);
}
