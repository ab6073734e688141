import { activeAt } from "../../subscriptions/identity.js";
import type { WebhookSubscription } from "../../subscriptions/subscription.js";
import type { CommandContext, COMMON_OPTIONS } from "../command.js";

/** Options of the watch. */
export interface Watch {
  /** Lists all subscriptions. */
  readonly list: () => Promise<WebhookSubscription[]>;
  readonly webhookUrl: string;
  /** Called when the subscription stops delivering here, and when one delivers here again. */
  readonly tell: (isThere: boolean) => void;
  /** Waits until the next check; its rejection ends the watch. */
  readonly pause: () => Promise<void>;
}

/**
 * Checks from time to time whether a subscription still delivers here. It changes nothing, because
 * somebody may have changed the subscription on purpose.
 */
export async function watchSubscription({ list, webhookUrl, tell, pause }: Watch): Promise<never> {
  let wasThere = true;
  for (;;) {
    await pause();
    // After a failed call the state is unknown.
    const subscriptions = await list().catch(() => undefined);
    if (!subscriptions) continue;
    const isThere = activeAt(webhookUrl, subscriptions).length > 0;
    if (isThere !== wasThere) tell(isThere);
    wasThere = isThere;
  }
}

/** Prints that no subscription delivers here any longer, or that one does again. */
export function printWatched(
  { options, print, printJson, style }: CommandContext<typeof COMMON_OPTIONS>,
  isThere: boolean,
): void {
  if (options.json) printJson({ type: "subscription", delivers: isThere });
  else if (isThere) print(style("good", "A subscription delivers here again."));
  else print(style("careful", GONE));
}

const GONE =
  "No subscription delivers here any longer: somebody has deleted, paused or moved it. Stop and restart `linq-webhooks listen` to restore it.";
