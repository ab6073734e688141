import { CreateOutcomeUnknownError } from "../errors/create-outcome-unknown-error.js";
import { maskUrls } from "../checks/mask-urls.js";
import { type Call, isAborted } from "../http/call.js";
import type { Context } from "./context.js";
import type { CompleteInput } from "./input.js";
import { LONGEST_PAUSE, SHORT_PAUSE } from "./pauses.js";
import { post } from "./post.js";
import { findDifferences } from "./read-written.js";
import type { WebhookSubscription } from "./subscription.js";

/**
 * Creates a subscription that may equal others: an inactive one, or a deliberate duplicate. It posts only
 * once, because a second POST might create two. If the POST is in doubt, it looks for the one new
 * subscription that matches the input.
 *
 * @param list A list from before the POST, if there is one.
 * @throws {CreateOutcomeUnknownError} when the POST is in doubt, and the list shows no such subscription
 * or more than one.
 */
export async function createUnguarded(
  { requests, clock }: Context,
  call: Call,
  input: CompleteInput,
  list?: readonly WebhookSubscription[],
): Promise<WebhookSubscription> {
  const known = new Set((list ?? (await requests.list(call))).map(({ id }) => id));
  const posted = await post(requests, call, input, (id) => known.has(id));
  if ("subscription" in posted) return posted.subscription;
  let seen = "the list does not show it";
  try {
    for (const pause of [SHORT_PAUSE, LONGEST_PAUSE]) {
      await clock.sleep(pause, call.getSignal());
      const found = (await requests.list(call)).filter(
        (subscription) =>
          !known.has(subscription.id) && findDifferences(subscription, input).length === 0,
      );
      const [first, ...others] = found;
      if (first && others.length === 0) return first;
      if (first) seen = "the list shows more than one like it";
    }
  } catch (cause) {
    if (isAborted(call)) throw cause;
    throw unknown("the list could not be read to look for it", cause);
  }
  throw unknown(seen, posted.doubt);

  function unknown(found: string, cause: unknown): Error {
    const url = maskUrls(input.webhook_url);
    return new CreateOutcomeUnknownError(url, input.events, found, { cause });
  }
}
