import { isRecord } from "../../checks/check-fields.js";

type Data = Readonly<Record<string, unknown>>;

/** Where events name their sender, in order of preference. */
const PLACES: readonly ((data: Data) => unknown)[] = [
  ({ from_phone }) => from_phone,
  ({ from }) => from,
  ({ chat_handle }) => (isRecord(chat_handle) ? chat_handle["identifier"] : undefined),
  ({ phone_number }) => phone_number,
  ({ full_name }) => full_name,
  ({ identifier }) => identifier,
  findOther,
];

/** Finds the sender in the data of any event; null if there is none. */
export function senderOf(data: unknown): string | null {
  if (!isRecord(data)) return null;
  for (const find of PLACES) {
    const sender = find(data);
    if (typeof sender === "string" && sender !== "") return sender;
  }
  return null;
}

/** Finds the first participant of a chat other than this account. */
function findOther({ chat_handles }: Data): unknown {
  if (!Array.isArray(chat_handles)) return undefined;
  const others: unknown[] = chat_handles;
  const other = others.find((handle) => isRecord(handle) && handle["is_me"] !== true);
  return isRecord(other) ? other["identifier"] : undefined;
}
