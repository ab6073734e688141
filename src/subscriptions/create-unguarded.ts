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
 * Creates a subscription that may be like others: one that is not active, or a duplicate on purpose.
 * It is posted once. In doubt, what has landed is the one that was not there before; a second post
 * might make two.
 *
 * @param list A list from before, if there is one.
 * @throws {CreateOutcomeUnknownError} when it is in doubt and has not turned up, or cannot be told from
 * another one.
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
      if (first) seen = "more than one like it has turned up";
    }
  } catch (cause) {
    if (isAborted(call)) throw cause;
    throw unknown("the list could not be had to look for it", cause);
  }
  throw unknown(seen, posted.doubt);

  function unknown(found: string, cause: unknown): Error {
    const url = maskUrls(input.webhook_url);
    return new CreateOutcomeUnknownError(url, input.events, found, { cause });
  }
}
