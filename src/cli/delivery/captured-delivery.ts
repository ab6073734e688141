import { isRecord } from "../../checks/check-fields.js";
import { signBody } from "../../receiver/index.js";
import { createMessage } from "./create-message.js";
import type { Message } from "./post.js";

/** A delivery that was captured, to be sent again byte for byte. */
export interface CapturedDelivery {
  /** As the body says; undefined where it does not. */
  readonly type: string | undefined;
  readonly eventId: string | undefined;
  /** What is odd about the body; undefined for one that the API could have sent. */
  readonly note: string | undefined;
  readonly message: Message;
}

/** What goes into the header: a signature as it came, or one that is made anew. */
export interface Signing {
  readonly signature?: string | undefined;
  readonly secret?: string | undefined;
}

/** Makes a delivery of a body, whatever it is. */
export async function createCapturedDelivery(
  body: Uint8Array<ArrayBuffer>,
  { signature, secret }: Signing,
): Promise<CapturedDelivery> {
  const made = secret === undefined ? signature : await signBody(body, secret);
  return { ...describeBody(body), message: createMessage(body, made) };
}

function describeBody(body: Uint8Array): Omit<CapturedDelivery, "message"> {
  const event = parseJson(body);
  if (event === undefined) return { type: undefined, eventId: undefined, note: NOTES.noJson };
  const { event_type, event_id } = isRecord(event) ? event : {};
  const type = typeof event_type === "string" ? event_type : undefined;
  const isId = typeof event_id === "string" || typeof event_id === "number";
  const eventId = isId ? String(event_id) : undefined;
  const isWhole = type !== undefined && eventId !== undefined;
  return { type, eventId, note: isWhole ? undefined : NOTES.noEvent };
}

const NOTES = {
  noJson: "the file is not JSON, and is sent as it is",
  noEvent: "the file has no event_type or no event_id, and is sent as it is",
} as const;

/** Undefined for what is not JSON in UTF-8. */
function parseJson(body: Uint8Array): unknown {
  try {
    // The API writes no byte order mark, and a parser of a receiver may stumble over one.
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body));
  } catch {
    return undefined;
  }
}
