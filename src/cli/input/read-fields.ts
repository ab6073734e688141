import type { WebhookSubscriptionInput } from "../../index.js";
import type { CommandContext, OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";
import { EVENTS_OPTION } from "./connect.js";
import { FURTHER_OPTIONS, readFurther } from "./further-options.js";
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
  ...FURTHER_OPTIONS,
  ...SECRET_OPTIONS,
  ...EVENTS_OPTION,
} as const satisfies OptionSpecs;

/** What was given; whether a subscription is active has options of the commands. */
type Fields = Omit<WebhookSubscriptionInput<string>, "active">;

/** Reads the fields that were given; the client checks them. */
export function readFields(
  context: CommandContext<typeof FIELD_OPTIONS>,
): Promise<Partial<Fields>> {
  return read(context, false);
}

/** The same for a whole subscription, to which a URL and events belong. */
export async function readWholeFields(
  context: CommandContext<typeof FIELD_OPTIONS>,
): Promise<Fields> {
  const fields = await read(context, true);
  checkWhole(fields);
  return fields;
}

/** Of the fields whose options are made from their names, it has been checked that they are there. */
function checkWhole(fields: Partial<Fields>): asserts fields is Fields {
  const { webhook_url, events } = fields;
  if (webhook_url === undefined) throw new CommandError("usage", "--url is missing: --url=<url>");
  if (events === undefined) throw new CommandError("usage", "--event is missing: --event=<name>");
}

async function read(
  context: CommandContext<typeof FIELD_OPTIONS>,
  isWhole: boolean,
): Promise<Partial<Fields>> {
  const { url, event } = context.options;
  const names = event.flatMap((list) => list.split(",")).map((name) => name.trim());
  const events = names.filter((name) => name !== "");
  const secret = await readSecret(context);
  return {
    ...(url !== undefined && { webhook_url: url }),
    ...(events.length > 0 && { events }),
    ...readFurther(context.options, isWhole),
    ...(secret !== undefined && { secret }),
  };
}
