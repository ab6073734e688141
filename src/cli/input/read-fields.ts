import type { CommandContext, OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";
import { EVENTS_OPTION } from "./connect.js";
import { readSecret, SECRET_OPTIONS } from "./read-secret.js";

/** The fields of a subscription, as options. */
export const FIELD_OPTIONS = {
  url: { type: "string", value: "<url>", summary: "where deliveries go" },
  event: {
    type: "string",
    multiple: true,
    value: "<name>",
    completes: "events",
    summary: "an event to deliver; several times, or separated by commas",
  },
  ...SECRET_OPTIONS,
  ...EVENTS_OPTION,
} as const satisfies OptionSpecs;

/** The fields that were given. */
export interface Fields {
  readonly webhook_url?: string;
  readonly events?: string[];
  readonly secret?: string;
}

/** Reads the fields that were given; the client checks them. */
export async function readFields(context: CommandContext<typeof FIELD_OPTIONS>): Promise<Fields> {
  const { url, event } = context.options;
  const names = event.flatMap((list) => list.split(",")).map((name) => name.trim());
  const events = names.filter((name) => name !== "");
  const secret = await readSecret(context);
  return {
    ...(url !== undefined && { webhook_url: url }),
    ...(events.length > 0 && { events }),
    ...(secret !== undefined && { secret }),
  };
}

/** The same for a whole subscription, to which a URL and events belong. */
export async function readWholeFields(
  context: CommandContext<typeof FIELD_OPTIONS>,
): Promise<Fields & Required<Pick<Fields, "webhook_url" | "events">>> {
  const { webhook_url, events, ...rest } = await readFields(context);
  if (webhook_url === undefined) throw new CommandError("usage", "--url is missing: --url=<url>");
  if (events === undefined) throw new CommandError("usage", "--event is missing: --event=<name>");
  return { webhook_url, events, ...rest };
}
