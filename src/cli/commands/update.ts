import { defineCommand } from "../command.js";
import { CommandError } from "../command-error.js";
import { confirm, CONFIRM_OPTIONS } from "../input/confirm.js";
import { API_OPTIONS, connect } from "../input/connect.js";
import { FIELD_OPTIONS, readFields } from "../input/read-fields.js";
import { FURTHER_NAMES } from "../input/further-options.js";
import { readId } from "../input/read-id.js";
import { printSubscription } from "../output/print-subscription.js";
import { printable } from "../output/printable.js";

/** Changes a subscription. */
export const update = defineCommand({
  positionals: ["id"],
  options: {
    ...FIELD_OPTIONS,
    active: { type: "boolean", summary: "switch it on" },
    inactive: { type: "boolean", summary: "switch it off" },
    "allow-duplicate": {
      type: "boolean",
      summary: "change it even if some event will be delivered twice",
    },
    ...CONFIRM_OPTIONS,
    ...API_OPTIONS,
  },
  examples: ["update 42 --event message.received,message.read", "update 42 --inactive --yes"],
  notes: [
    "What is not given stays as it is; --event replaces all events. Where a subscription has a secret, give it along: the API does not say whether a change without it keeps it, and if it did not, that is an error.",
  ],
  run: async (context) => {
    const { io, options } = context;
    const { signal } = io;
    const id = readId(context.positionals);
    if (options.active && options.inactive) {
      throw new CommandError("usage", "--active and --inactive exclude each other");
    }
    const patch = {
      ...(await readFields(context)),
      ...((options.active || options.inactive) && { active: options.active }),
    };
    if (Object.keys(patch).length === 0) {
      throw new CommandError(
        "usage",
        `there is nothing to change: give ${FIELDS.join(", ")} or a secret`,
      );
    }
    const linq = await connect(context, { allowUnknownEvents: options["allow-unknown-events"] });
    if (!options.yes) {
      const { webhook_url } = await linq.webhookSubscriptions.get(id, { signal });
      const fields = Object.keys(patch).map((field) => NAMES[field] ?? field);
      await confirm(
        context,
        `Change ${fields.join(", ")} of subscription ${id} (${printable(webhook_url)})`,
      );
    }
    const updated = await linq.webhookSubscriptions.update(id, patch, {
      allowDuplicate: options["allow-duplicate"],
      signal,
    });
    printSubscription(context, updated, `Changed subscription ${id}.`);
    return 0;
  },
});

/** The options of which one must be given, or one for a secret. */
const FIELDS = ["--url", "--event", ...FURTHER_NAMES, "--active", "--inactive"];

/** What people call the fields. */
const NAMES: Readonly<Record<string, string>> = { webhook_url: "url" };
