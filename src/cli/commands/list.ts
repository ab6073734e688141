import { findDuplicates } from "../../index.js";
import { toShow } from "../../subscriptions/subscription.js";
import { defineCommand } from "../command.js";
import { API_OPTIONS, connect } from "../input/connect.js";
import { createFilter, FILTER_OPTIONS } from "../input/filter-subscriptions.js";
import { renderSubscriptions } from "../output/subscription-table.js";

/** Shows all subscriptions, or some of them. */
export const list = defineCommand({
  positionals: [],
  options: { ...FILTER_OPTIONS, ...API_OPTIONS },
  examples: [
    "list",
    "list --url hooks.example.com --event message.received",
    "list --duplicates",
    "list --json | jq '.subscriptions[].webhook_url'",
  ],
  run: async (context) => {
    const { io, options, print, printJson, style } = context;
    const filter = createFilter(context);
    const linq = await connect(context);
    const found = toShow(await linq.webhookSubscriptions.list({ signal: io.signal }));
    const all = found.sort((a, b) => a.id - b.id);
    const subscriptions = filter(all);
    if (options.json) {
      printJson({ subscriptions });
      return 0;
    }
    if (subscriptions.length === 0) {
      print(
        all.length === 0
          ? "The account has no subscriptions. `linq-webhooks ensure` adds one."
          : `None of the ${all.length} subscriptions matches. \`linq-webhooks list\` shows all.`,
      );
      return 0;
    }
    print(await renderSubscriptions(context, subscriptions, all));
    const shown = new Set(subscriptions);
    const groups = findDuplicates(all).filter((group) =>
      group.subscriptions.some((one) => shown.has(one)),
    );
    if (groups.length > 0) {
      const advice = groups.some(({ redundant }) => redundant.length > 0)
        ? "`linq-webhooks duplicates` shows them; with --remove it cleans up."
        : "`linq-webhooks duplicates` shows them; `linq-webhooks update` can change their events.";
      print(`\n${style("careful", `Some events are delivered more than once: ${advice}`)}`);
    }
    return 0;
  },
});
