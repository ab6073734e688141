import { findDuplicates } from "../../index.js";
import { toShow } from "../../subscriptions/subscription.js";
import { defineCommand } from "../command.js";
import { API_OPTIONS, connect } from "../input/connect.js";
import { renderSubscriptions } from "../output/subscription-table.js";

/** Shows all subscriptions. */
export const list = defineCommand({
  positionals: [],
  options: API_OPTIONS,
  examples: ["list", "list --json | jq '.subscriptions[].webhook_url'"],
  run: async (context) => {
    const { io, options, print, printJson, style } = context;
    const linq = await connect(context);
    const found = toShow(await linq.webhookSubscriptions.list({ signal: io.signal }));
    const subscriptions = found.sort((a, b) => a.id - b.id);
    if (options.json) {
      printJson({ subscriptions });
      return 0;
    }
    if (subscriptions.length === 0) {
      print("There are no subscriptions. `linq-webhooks ensure` adds one.");
      return 0;
    }
    print(await renderSubscriptions(context, subscriptions));
    const groups = findDuplicates(subscriptions);
    if (groups.length > 0) {
      const advice = groups.some(({ redundant }) => redundant.length > 0)
        ? "`linq-webhooks duplicates` shows which; with --remove it cleans up."
        : "`linq-webhooks duplicates` shows which; `linq-webhooks update` can change their events.";
      print(`\n${style("careful", `Some events are delivered more than once: ${advice}`)}`);
    }
    return 0;
  },
});
