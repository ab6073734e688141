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
      summary: "change it even if an event will be delivered twice",
    },
    ...CONFIRM_OPTIONS,
    ...API_OPTIONS,
  },
  examples: ["update 42 --event message.received,message.read", "update 42 --inactive --yes"],
  notes: [
    "Fields that are not given keep their values; --event replaces all events. If a subscription has a secret, give the secret, too: Linq does not document whether a change without it keeps it. If the change loses the secret, the command fails.",
  ],
  run: async (context) => {
    const { io, options } = context;
    const { signal } = io;
    const id = readId(context.positionals);
    if (options.active && options.inactive) {
      throw new CommandError("usage", "--active and --inactive cannot be combined: leave one out");
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

/** The options of which `update` needs at least one, unless a secret is given. */
const FIELDS = ["--url", "--event", ...FURTHER_NAMES, "--active", "--inactive"];

/** The names of fields in questions. */
const NAMES: Readonly<Record<string, string>> = { webhook_url: "url" };
