import { activeAt } from "../../subscriptions/identity.js";
import type { WebhookSubscription } from "../../subscriptions/subscription.js";
import type { CommandContext, COMMON_OPTIONS } from "../command.js";

/** How to watch. */
export interface Watch {
  /** Lists all subscriptions. */
  readonly list: () => Promise<WebhookSubscription[]>;
  readonly webhookUrl: string;
  /** Told when the subscription is there no more, and when there is one again. */
  readonly tell: (isThere: boolean) => void;
  /** Waits for the next look; what it rejects by ends the watch. */
  readonly pause: () => Promise<void>;
}

/**
 * Looks from time to time whether a subscription still delivers here. It writes nothing, since whoever
 * has changed it may have meant it.
 */
export async function watchSubscription({ list, webhookUrl, tell, pause }: Watch): Promise<never> {
  let wasThere = true;
  for (;;) {
    await pause();
    // Of an API that cannot be asked now nothing is known.
    const subscriptions = await list().catch(() => undefined);
    if (!subscriptions) continue;
    const isThere = activeAt(webhookUrl, subscriptions).length > 0;
    if (isThere !== wasThere) tell(isThere);
    wasThere = isThere;
  }
}

/** Says that the subscription is there no more, or that there is one again. */
export function printWatched(
  { options, print, printJson, style }: CommandContext<typeof COMMON_OPTIONS>,
  isThere: boolean,
): void {
  if (options.json) printJson({ type: "subscription", delivers: isThere });
  else if (isThere) print(style("good", "There is a subscription again that delivers here."));
  else print(style("careful", GONE));
}

const GONE =
  "Nothing is delivered here any more: somebody has deleted, paused or moved the subscription. End this and start again to have it back.";
