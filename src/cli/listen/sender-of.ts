import type { EventName } from "../../../generated/constants.js";
import { isRecord } from "../../checks/check-fields.js";

type Data = Readonly<Record<string, unknown>>;

/** Where each event says whom it is from. */
const SENDERS: Readonly<Record<EventName, (data: Data) => unknown>> = {
  "message.sent": ({ from_phone }) => from_phone,
  "message.received": ({ from_phone }) => from_phone,
  "message.read": findOther,
  "call.completed": ({ from }) => from,
  "reaction.sent": ({ chat_handle }) => isRecord(chat_handle) && chat_handle["identifier"],
  "reaction.received": ({ chat_handle }) => isRecord(chat_handle) && chat_handle["identifier"],
  "typing_indicator.received": findOther,
  "typing_indicator.removed": findOther,
  "contact.created": ({ phone_number, full_name }) => phone_number ?? full_name,
  "contact.updated": ({ phone_number, full_name }) => phone_number ?? full_name,
  "contact.deleted": () => undefined,
  "participant.added": ({ identifier }) => identifier,
  "participant.removed": ({ identifier }) => identifier,
};

/** Whom an event is from, if its payload says. */
export function senderOf(event: string, data: unknown): string | null {
  if (!isRecord(data) || !Object.hasOwn(SENDERS, event)) return null;
  const sender = SENDERS[event as EventName](data); // The table has each of these names and no other.
  return typeof sender === "string" && sender !== "" ? sender : null;
}

/** The first of a chat who is not this account. */
function findOther({ chat_handles }: Data): unknown {
  if (!Array.isArray(chat_handles)) return undefined;
  const others: unknown[] = chat_handles;
  const other = others.find((handle) => isRecord(handle) && handle["is_me"] !== true);
  return isRecord(other) ? other["identifier"] : undefined;
}
