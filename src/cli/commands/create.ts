import { defineCommand } from "../command.js";
import { API_OPTIONS, connect, RECHECK_AFTER } from "../input/connect.js";
import { FIELD_OPTIONS, readWholeFields } from "../input/read-fields.js";
import { printSubscription } from "../output/print-subscription.js";

/** Creates a subscription. */
export const create = defineCommand({
  positionals: [],
  options: {
    ...FIELD_OPTIONS,
    inactive: { type: "boolean", summary: "create it switched off" },
    "allow-duplicate": {
      type: "boolean",
      summary: "create it even if an event will be delivered twice",
    },
    ...API_OPTIONS,
  },
  examples: [
    "create --url https://example.com/hook --event message.received --secret-env HOOK_SECRET",
  ],
  run: async (context) => {
    const { io, options } = context;
    const fields = await readWholeFields(context);
    const linq = await connect(context, { allowUnknownEvents: options["allow-unknown-events"] });
    const created = await linq.webhookSubscriptions.create(
      { ...fields, active: !options.inactive },
      {
        allowDuplicate: options["allow-duplicate"],
        recheckAfter: RECHECK_AFTER,
        signal: io.signal,
      },
    );
    printSubscription(context, created, `Created subscription ${created.id}.`);
    return 0;
  },
});
