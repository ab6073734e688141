import type { Call } from "../http/call.js";
import type { Http } from "../http/http.js";
import type { Context } from "./context.js";
import type { WebhookSubscriptions } from "./webhook-subscriptions.js";

export type { Call };

/** The internals of a client's methods, for features that need more than the methods. */
export interface Internals {
  readonly context: Context;
  readonly run: Http["run"];
}

const internals = new WeakMap<object, Internals>();

/** Stores the internals privately, for as long as the methods exist. */
export function keepInternals(methods: WebhookSubscriptions<string>, own: Internals): void {
  internals.set(methods, own);
}

/** The internals of methods from `createLinqClient`; undefined for all others, including copies and wrappers. */
export function internalsOf(methods: object): Internals | undefined {
  return internals.get(methods);
}
