import { defineCommand } from "../command.js";
import { API_OPTIONS, connect } from "../input/connect.js";
import { readId } from "../input/read-id.js";
import { printSubscription } from "../output/print-subscription.js";

/** Shows one subscription. */
export const get = defineCommand({
  positionals: ["id"],
  options: API_OPTIONS,
  examples: ["get 42"],
  run: async (context) => {
    const id = readId(context.positionals);
    const linq = await connect(context);
    const { signal } = context.io;
    printSubscription(context, await linq.webhookSubscriptions.get(id, { signal }));
    return 0;
  },
});
