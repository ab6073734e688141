import { SubscriptionNotFoundError } from "../../errors/index.js";
import { defineCommand } from "../command.js";
import { confirm, CONFIRM_OPTIONS } from "../input/confirm.js";
import { API_OPTIONS, connect } from "../input/connect.js";
import { readId } from "../input/read-id.js";
import { printable } from "../output/printable.js";

/** Deletes a subscription. The name `delete` is a reserved word. */
export const deleteCommand = defineCommand({
  positionals: ["id"],
  options: {
    "ignore-missing": {
      type: "boolean",
      summary: "succeed if the subscription does not exist",
    },
    ...CONFIRM_OPTIONS,
    ...API_OPTIONS,
  },
  examples: ["delete 42", "delete 42 --yes --ignore-missing"],
  run: async (context) => {
    const { io, options, print, printJson, style } = context;
    const { signal } = io;
    const id = readId(context.positionals);
    const linq = await connect(context);
    let isDeleted = true;
    try {
      if (!options.yes) {
        const { webhook_url, events } = await linq.webhookSubscriptions.get(id, { signal });
        const what = `${webhook_url}, ${events.join(", ")}`;
        await confirm(context, `Delete subscription ${id} (${printable(what)})`);
      }
      await linq.webhookSubscriptions.delete(id, { signal });
    } catch (error) {
      if (!options["ignore-missing"] || !(error instanceof SubscriptionNotFoundError)) throw error;
      isDeleted = false;
    }
    if (options.json) printJson({ id, deleted: isDeleted });
    else if (isDeleted) print(style("good", `Deleted subscription ${id}.`));
    else print(`Subscription ${id} does not exist.`);
    return 0;
  },
});
