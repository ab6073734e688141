import { createHmac } from "node:crypto";

/** A delivery as `receive` accepts it, with headers as Node represents them. */
export interface TestDelivery {
  readonly body: string | Uint8Array;
  readonly headers: Record<string, string>;
}

export const SECRET = "a long random secret";
export const HOOK = "https://hook.example/linq";

/** The text of a `message.read` event with the given fields. */
export function writeEvent(fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    api_version: "v2",
    created_at: "2025-05-21T15:30:00-06:00",
    event_id: "wh_evt_1",
    event_type: "message.read",
    data: { id: "m1", chat_id: "c1", read_at: "2025-05-21 15:30:00 -0600" },
    ...fields,
  });
}

/** The signature header of a body, computed by another implementation. */
export function signatureOf(body: string | Uint8Array, secret = SECRET): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

/** A signed delivery of the body. */
export function deliveryOf(
  body: string | Uint8Array = writeEvent(),
  secret = SECRET,
): TestDelivery {
  return { body, headers: { "x-webhook-signature": signatureOf(body, secret) } };
}

/** A signed delivery of an event with these fields. */
export function deliver(fields: Readonly<Record<string, unknown>> = {}): TestDelivery {
  return deliveryOf(writeEvent(fields));
}

/** A delivery as the request that a server gets; `sent` is the body in the form it is sent in. */
export function requestOf(
  { body, headers }: TestDelivery = deliver(),
  sent: BodyInit | ReadableStream<Uint8Array> | null = toBodyInit(body),
): Request {
  // The types of `fetch` lack `duplex`, and Node accepts no stream without it.
  const init: RequestInit & { duplex: "half" } = {
    method: "POST",
    headers,
    body: sent,
    duplex: "half",
  };
  return new Request(HOOK, init);
}

/** A stream that gives one chunk per read. */
export function streamOf(chunks: Iterable<Uint8Array>): ReadableStream<Uint8Array> {
  const rest = chunks[Symbol.iterator]();
  return new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const next = rest.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
    },
    { highWaterMark: 0 },
  );
}

function toBodyInit(body: string | Uint8Array): BodyInit {
  return typeof body === "string" ? body : new Uint8Array(body);
}
