import { maskUrls } from "../checks/mask-urls.js";
import { SubscriptionNotFoundError } from "../errors/subscription-not-found-error.js";
import type { Call } from "../http/call.js";
import type { Context } from "./context.js";
import type { EnsureResult } from "./ensure.js";
import { activeAt } from "./identity.js";
import type { RotateSecretInput } from "./input.js";
import type { WebhookSubscription } from "./subscription.js";
import { update } from "./update.js";

/**
 * Writes a secret to each active subscription of a URL, one after the other. It reads the list before each
 * write, so it also reaches subscriptions that appear meanwhile. A second call writes all of them again.
 */
export async function rotateSecret(
  context: Context,
  call: Call,
  { webhook_url, secret }: RotateSecretInput,
): Promise<EnsureResult> {
  const written = new Map<number, WebhookSubscription>();
  for (;;) {
    const list = await context.requests.list(call);
    const next = activeAt(webhook_url, list).find(({ id }) => !written.has(id));
    if (next) {
      written.set(next.id, await update(context, call, next.id, { secret }, { list }));
    } else if (written.size > 0) {
      return { outcome: "updated", subscriptions: [...written.values()] };
    } else {
      throw new SubscriptionNotFoundError(call.redact(maskUrls(webhook_url)));
    }
  }
}
