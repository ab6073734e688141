import type { WebhookSubscriptionInput } from "../../index.js";
import type { CommandContext, OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";
import { EVENTS_OPTION } from "./connect.js";
import { FURTHER_OPTIONS, readFurther } from "./further-options.js";
import { readSecret, SECRET_OPTIONS } from "./read-secret.js";

/** The fields of a subscription, as options. */
export const FIELD_OPTIONS = {
  url: { type: "string", value: "<url>", summary: "the URL that receives deliveries" },
  event: {
    type: "string",
    multiple: true,
    value: "<name>",
    completes: "events",
    summary: "an event to deliver; repeat it, or use commas",
  },
  ...FURTHER_OPTIONS,
  ...SECRET_OPTIONS,
  ...EVENTS_OPTION,
} as const satisfies OptionSpecs;

/** The given fields, except `active`, for which commands have their own options. */
type Fields = Omit<WebhookSubscriptionInput<string>, "active">;

/** Reads the given fields. The client checks them. */
export function readFields(
  context: CommandContext<typeof FIELD_OPTIONS>,
): Promise<Partial<Fields>> {
  return read(context, false);
}

/** Reads the fields of a whole subscription, which needs a URL and events. */
export async function readWholeFields(
  context: CommandContext<typeof FIELD_OPTIONS>,
): Promise<Fields> {
  const fields = await read(context, true);
  checkWhole(fields);
  return fields;
}

/** Checks the required fields with hand-written options; `readFurther` has checked the others. */
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
