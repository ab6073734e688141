import { isRecord } from "../../checks/check-fields.js";
import { signBody } from "../../receiver/index.js";
import { createMessage } from "./create-message.js";
import type { Message } from "./post.js";

/** A captured delivery to resend byte for byte. */
export interface CapturedDelivery {
  /** The `event_type` of the body; undefined if the body has none. */
  readonly type: string | undefined;
  readonly eventId: string | undefined;
  /** A note about an unusual body; undefined for a body that the API could have sent. */
  readonly note: string | undefined;
  readonly message: Message;
}

/** The source of the signature header: an original signature, or a secret to sign with. */
export interface Signing {
  readonly signature?: string | undefined;
  readonly secret?: string | undefined;
}

/** Makes a delivery from any body. */
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
  noJson: "the file is not JSON, and is sent unchanged",
  noEvent: "the file has no event_type or no event_id, and is sent unchanged",
} as const;

/** Returns undefined for a body that is not JSON in UTF-8. */
function parseJson(body: Uint8Array): unknown {
  try {
    // The API sends no byte order mark, and a receiver's parser may reject one.
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body));
  } catch {
    return undefined;
  }
}
