import { type DuplicateGroup, findDuplicates, type WebhookSubscription } from "../../index.js";
import { toShow } from "../../subscriptions/subscription.js";
import { defineCommand } from "../command.js";
import { confirm, CONFIRM_OPTIONS } from "../input/confirm.js";
import { API_OPTIONS, connect } from "../input/connect.js";
import { renderGroups } from "../output/render-groups.js";

/** Shows which events are delivered twice, and removes redundant subscriptions. */
export const duplicates = defineCommand({
  positionals: [],
  options: {
    remove: { type: "boolean", summary: "delete subscriptions that lower ids make redundant" },
    ...CONFIRM_OPTIONS,
    ...API_OPTIONS,
  },
  examples: ["duplicates", "duplicates --remove --yes"],
  notes: [
    "Without --remove nothing is changed. If several subscriptions deliver the same event, the one with the lowest id keeps it. --remove deletes a subscription if lower ids deliver all of its events. It leaves a partial overlap; `linq-webhooks ensure` or `update` can change that.",
  ],
  run: async (context) => {
    const { io, options, print, printJson, style } = context;
    const { signal } = io;
    const linq = await connect(context);
    const found = await linq.webhookSubscriptions.list({ signal });
    const groups = findDuplicates(toShow(found));
    const redundant = groups.flatMap((group) => group.redundant);
    if (!options.json) {
      print(await renderGroups(context, groups));
    }
    if (!options.remove) {
      if (options.json) printJson({ groups: groups.map(toJson) });
      else if (redundant.length > 0)
        print("\n`linq-webhooks duplicates --remove` deletes the redundant subscriptions.");
      return 0;
    }

    let removed: readonly WebhookSubscription[] = [];
    let remaining: readonly DuplicateGroup[] = groups;
    if (redundant.length > 0) {
      await confirm(context, `Delete ${nameAll(redundant)}`);
      const result = await linq.webhookSubscriptions.removeDuplicates({ signal });
      removed = toShow(result.removed);
      const subscriptions = result.remaining.flatMap((group) => group.subscriptions);
      remaining = findDuplicates(toShow(subscriptions));
    }
    if (options.json) printJson({ removed, remaining: remaining.map(toJson) });
    else if (removed.length > 0) print(style("good", `Deleted ${nameAll(removed)}.`));
    else if (groups.length > 0)
      print(
        "\nEach subscription delivers an event that no lower id delivers, so nothing was deleted.",
      );
    return 0;
  },
});

function nameAll(subscriptions: readonly WebhookSubscription[]): string {
  const ids = subscriptions.map(({ id }) => id).join(", ");
  return `${subscriptions.length === 1 ? "subscription" : "subscriptions"} ${ids}`;
}

function toJson(group: DuplicateGroup): object {
  return { ...group, redundant: group.redundant.map(({ id }) => id) };
}
