import { checkFlag } from "../checks/check-keys.js";
import { authenticate, type Trust } from "./authenticate.js";
import type { LinqEvent } from "./event.js";
import { parseEvent } from "./parse-event.js";
import type { DeliveryHeaders } from "./read-header.js";
import { toBytes } from "./to-bytes.js";
import { createHmacs } from "./verify-signature.js";

const decoder = new TextDecoder();

/** A request to a webhook URL, as it arrived. */
export interface RawDelivery {
  /** The raw body, before any parser; a string stands for its UTF-8 bytes. */
  readonly body: string | Uint8Array;
  /** All its headers: a `Headers`, a plain record such as `req.headers`, or Node's `rawHeaders`. */
  readonly headers: DeliveryHeaders;
}

/** Which deliveries to believe. */
export type TrustOptions =
  | {
      /** The secret of the subscription; several while it is being changed. */
      readonly secret: string | readonly string[];
      /**
       * Takes deliveries without a signature. A signature that is there is still verified.
       *
       * @default false
       */
      readonly allowUnsigned?: boolean;
    }
  | {
      /** Left out, signatures are not verified at all. */
      readonly secret?: string | readonly string[];
      /** Takes everybody's word that they are Linq. */
      readonly allowUnsigned: true;
    };

/**
 * Verifies a delivery and gives its event.
 *
 * @throws {InvalidSignatureError} with a `reason`, when it does not come from Linq or has been changed.
 * @throws {InvalidEventError} when it does, and is no event.
 * @throws {InvalidInputError} when a secret is not usable.
 *
 * @example
 * ```ts
 * const event = await unwrapEvent({ body: await request.text(), headers: request.headers, secret });
 * if (event.event_type === "message.received") console.log(event.data.text);
 * ```
 */
export async function unwrapEvent({
  body,
  headers,
  ...options
}: RawDelivery & TrustOptions): Promise<LinqEvent> {
  return unwrap({ body, headers }, parseTrust(options));
}

/** @throws {InvalidInputError} unless there is a usable secret, or an explicit waiver of it. */
export function parseTrust(options: TrustOptions): Trust {
  const allowUnsigned = checkFlag("allowUnsigned", options.allowUnsigned);
  const isWaived = allowUnsigned && !("secret" in options);
  return { hmacs: isWaived ? [] : createHmacs(options.secret), allowUnsigned };
}

/** {@link unwrapEvent} with what has been checked. */
export async function unwrap({ body, headers }: RawDelivery, trust: Trust): Promise<LinqEvent> {
  const bytes = toBytes(body);
  await authenticate(bytes, headers, trust);
  return parseEvent(typeof body === "string" ? body : decoder.decode(bytes));
}
