import { checkFlag } from "../checks/check-keys.js";
import { ownMembers } from "../checks/own-members.js";
import { authenticate, readClaim } from "./authenticate.js";
import { checkPayload } from "./check-payload.js";
import type { LinqEvent } from "./event.js";
import { parseEvent } from "./parse-event.js";
import type { DeliveryHeaders } from "./read-header.js";
import { type RawBody, toBytes } from "./to-bytes.js";
import { parseTrust, type Trust, type TrustOptions } from "./trust.js";

const decoder = new TextDecoder();

/** A request to a webhook URL, as it arrived. */
export interface RawDelivery {
  /** The raw body, before any parser; a string stands for its UTF-8 bytes. */
  readonly body: RawBody;
  /** All its headers, in any form that servers have. */
  readonly headers: DeliveryHeaders;
}

/**
 * Verifies a delivery and returns its event.
 *
 * @throws {InvalidSignatureError} with a `reason`, when the delivery is not from Linq or was changed.
 * @throws {InvalidEventError} when the delivery is authentic but not an event.
 * @throws {InvalidInputError} when a secret or `validate` is invalid.
 *
 * @example
 * ```ts
 * const event = await unwrapEvent({ body: await request.text(), headers: request.headers, secret });
 * if (event.event_type === "message.received") console.log(event.data.text);
 * ```
 */
export async function unwrapEvent(delivery: RawDelivery & TrustOptions): Promise<LinqEvent> {
  const { body, headers, ...options } = delivery;
  const trust = parseTrust(options);
  const validate = checkFlag("validate", ownMembers(options).validate);
  const bytes = toBytes(body);
  const claimed = readClaim(headers, trust);
  return unwrap(bytes, claimed, { trust, validate }, typeof body === "string" ? body : undefined);
}

/**
 * {@link unwrapEvent} with checked options; synchronous where nothing has to be awaited.
 *
 * @param text - the body as text, if the caller has it.
 */
export function unwrap(
  body: Uint8Array,
  claimed: string | undefined,
  { trust, validate }: { readonly trust: Trust; readonly validate: boolean },
  text?: string,
): LinqEvent | Promise<LinqEvent> {
  const authentic = authenticate(body, claimed, trust);
  if (!authentic && !validate) return parseEvent(text ?? decoder.decode(body));
  const finish = async (): Promise<LinqEvent> => {
    await authentic;
    const event = parseEvent(text ?? decoder.decode(body));
    if (validate) await checkPayload(event);
    return event;
  };
  return finish();
}
