import { InvalidSignatureError } from "../errors/invalid-signature-error.js";
import { isSigned } from "./is-signed.js";
import { JSON_SPELLINGS } from "./json-spellings.js";
import { type DeliveryHeaders, readHeader } from "./read-header.js";
import type { Hmac } from "./runtime.js";

/** Headers that only deliveries of version 3 have: those of Standard Webhooks, and an older one. */
const V3_HEADERS = ["webhook-id", "webhook-signature", "x-webhook-timestamp"];

/** In bytes. Most events are smaller, and an unauthenticated sender must not make us parse more. */
const MAX_DIAGNOSED = 8_192;

/** Why the value of the header is not a signature. */
export function whyUnreadable(header: unknown, headers: DeliveryHeaders): InvalidSignatureError {
  const isBareHex = typeof header === "string" && /^[0-9a-f]{64}$/i.test(header);
  if (isBareHex || V3_HEADERS.some((name) => readHeader(headers, name) !== undefined)) {
    return new InvalidSignatureError(
      "looks_like_v3",
      "the delivery has a signature of version 3 of the API: this receiver is for subscriptions of version 2",
    );
  }
  return header === undefined
    ? new InvalidSignatureError(
        "missing",
        "the delivery has no X-Webhook-Signature header: give the subscription a secret, and check that no proxy drops the header",
      )
    : new InvalidSignatureError(
        "malformed",
        "the X-Webhook-Signature header must occur once, and be exactly `sha256=` and 64 hexadecimal digits",
      );
}

/** Why the claimed signature is not that of the body. */
export async function whyDifferent(
  body: Uint8Array,
  claimed: string,
  hmacs: readonly Hmac[],
): Promise<InvalidSignatureError> {
  for (const spelling of respell(body)) {
    if (await isSigned(spelling, claimed, hmacs)) {
      return new InvalidSignatureError(
        "body_reserialised",
        "the signature matches another spelling of the same JSON: something on the way parsed the body and serialized it again; pass the raw body",
      );
    }
  }
  const found = NOT_RAW.find(([start]) => start.every((byte, index) => body[index] === byte));
  const advice = body.length === 0 ? "is empty: something has already read it" : found?.[1];
  return advice === undefined
    ? new InvalidSignatureError(
        "mismatch",
        "the body is not signed with any of the secrets: check that the secret is that of this subscription, and that the body is raw",
      )
    : new InvalidSignatureError("body_not_raw", `the body must be raw, but it ${advice}`);
}

/** First bytes of bodies that are not raw JSON, each with the problem and what to do. */
const NOT_RAW: readonly (readonly [start: readonly number[], advice: string])[] = [
  [[0x1f, 0x8b], "is compressed: pass it as it was before compression"],
  // `{"` in base64.
  [[0x65, 0x79, 0x4a], "is in base64: decode it first when a gateway sets `isBase64Encoded`"],
];

/**
 * Other spellings of the same JSON: as the encoders of several languages write it, each also with
 * sorted keys, which the vendor's page mentions. For a diagnosis only; the signature is of the raw body.
 */
function respell(body: Uint8Array): Uint8Array[] {
  if (body.length > MAX_DIAGNOSED) return [];
  try {
    const text = new TextDecoder().decode(body);
    const sorted = JSON.stringify(JSON.parse(text), sortKeys);
    // Numbers stay as they are written, since JavaScript cannot represent all of them.
    const compact = text.replace(STRING_OR_SPACE, (part) =>
      part.startsWith('"') ? JSON.stringify(JSON.parse(part)) : "",
    );
    const encoder = new TextEncoder();
    return [compact, sorted].flatMap((json) =>
      Object.values(JSON_SPELLINGS).map((spell) => encoder.encode(spell(json))),
    );
  } catch {
    return []; // Not JSON, or nested too deeply to be serialized.
  }
}

const STRING_OR_SPACE = /"(?:[^"\\]|\\.)*"|\s+/g;

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
