import type { Http } from "../../http/http.js";
import type { Context } from "../../subscriptions/context.js";
import { removeDuplicates } from "../../subscriptions/remove-duplicates.js";
import type { WebhookSubscriptions } from "../../subscriptions/webhook-subscriptions.js";

/** The methods of the client that the page calls. */
export type LeanSubscriptions = Pick<WebhookSubscriptions<string>, "list" | "removeDuplicates">;

/**
 * Replaces the function of this name from `src/subscriptions/` in the bundle of the page. That leaves
 * out the other methods, a seventh of its size.
 */
export function createWebhookSubscriptions(context: Context, run: Http["run"]): LeanSubscriptions {
  return {
    list: (options = {}) => run(options, (call) => context.requests.list(call)),
    removeDuplicates: ({ dryRun = false, ...options } = {}) =>
      run(options, (call) => removeDuplicates(context, call, dryRun)),
  };
}
