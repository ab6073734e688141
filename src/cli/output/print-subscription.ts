import type { WebhookSubscription } from "../../index.js";
import { toShow } from "../../subscriptions/subscription.js";
import type { CommandContext, COMMON_OPTIONS } from "../command.js";
import { renderDetails } from "./render-details.js";

/** Prints one subscription, after a line about the change if there was one. */
export function printSubscription(
  context: CommandContext<typeof COMMON_OPTIONS>,
  found: WebhookSubscription,
  done?: string,
): void {
  for (const subscription of toShow([found])) {
    if (context.options.json) {
      context.printJson({ subscription });
    } else {
      if (done !== undefined) context.print(context.style("good", done));
      context.print(renderDetails(context, subscription));
    }
  }
}
