import type { Receiver } from "linq-webhooks/receiver";
import type { Entries } from "../entries.js";
import { expectEqual, rejectionOf } from "../expect.js";
import { type Fact, fact } from "../fact.js";

/**
 * The vectors of RFC 4231, section 4, whose keys are text; the digests are those of HMAC-SHA-256. No
 * receiver accepts such short or unprintable secrets, but signing does.
 */
const RFC_4231 = [
  {
    secret: "\x0b".repeat(20),
    body: "Hi There",
    digest: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
  },
  {
    secret: "Jefe",
    body: "what do ya want for nothing?",
    digest: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  },
  {
    secret: String.fromCharCode(...Array.from({ length: 25 }, (_, index) => index + 1)),
    body: new Uint8Array(50).fill(0xcd),
    digest: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
  },
] as const;

const URL_OF_HOOK = "https://example.com/hook";
const SECRET = "a secret of our own";
const BODY =
  '{"api_version": "v2", "created_at": "2025-05-21T15:30:00Z", "event_id": "1", "event_type": "message.received", "data": {"text": "Grüß dich 🏡"}}';

/** What `linq-webhooks/receiver` accepts and refuses, and that the sandbox signs as it expects. */
export const RECEIVER_FACTS: readonly Fact[] = [
  fact("signs as RFC 4231 says", async ({ receiver: { signBody } }) => {
    for (const { secret, body, digest } of RFC_4231) {
      expectEqual(await signBody(body, secret), `sha256=${digest}`, "the signature");
    }
  }),
  fact("verifies what is signed, and nothing else", async ({ receiver }) => {
    const { signBody, verifySignature } = receiver;
    const signed = await signBody(BODY, SECRET);
    const verify = (signature: string): Promise<boolean> =>
      verifySignature({ body: BODY, signature, secret: ["another secret", SECRET] });
    expectEqual(await verify(signed), true, "the signature");
    const changed = signed.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    expectEqual(await verify(changed), false, "another signature");
  }),
  fact("accepts a signed delivery", async ({ receiver }) => {
    const texts: unknown[] = [];
    const { fetch } = receiver.createReceiver({
      secret: SECRET,
      on: { "message.received": ({ data }) => texts.push(data.text) },
    });
    const answer = await fetch(await buildRequest(receiver));
    expectEqual([answer.status, await answer.text()], [200, ""], "the answer");
    expectEqual(texts, ["Grüß dich 🏡"], "the text");
  }),
  fact("handles a repeated delivery once", async ({ receiver }) => {
    let handled = 0;
    const on = { "message.received": () => handled++ };
    const receive = createReceive(receiver.createReceiver({ secret: SECRET, on }));
    const signature = await receiver.signBody(BODY, SECRET);
    const outcomes = [await receive(BODY, { signature }), await receive(BODY, { signature })];
    expectEqual(outcomes, ["200 handled", "200 duplicate"], "the outcomes");
    expectEqual(handled, 1, "how often it was handled");
  }),
  fact("gives the reason for each refusal", async ({ receiver }) => {
    const receive = createReceive(receiver.createReceiver({ secret: SECRET }));
    const signature = await receiver.signBody(BODY, SECRET);
    const compact = await receiver.signBody(JSON.stringify(JSON.parse(BODY)), SECRET);
    const refusals = {
      missing: await receive(BODY, {}),
      malformed: await receive(BODY, { signature: signature.slice(0, -1) }),
      mismatch: await receive(BODY.replace("dich", "mich"), { signature }),
      looks_like_v3: await receive(BODY, { signature: signature.slice("sha256=".length) }),
      body_reserialised: await receive(BODY, { signature: compact }),
      body_not_raw: await receive(JSON.parse(BODY) as string, { signature }),
    };
    for (const [reason, outcome] of Object.entries(refusals)) {
      expectEqual(outcome, `401 refused ${reason}`, "the outcome");
    }
  }),
  fact("refuses a request whose body has already been read", async ({ receiver }) => {
    const refused: unknown[] = [];
    const { fetch } = receiver.createReceiver({
      secret: SECRET,
      onRefused: (error) => refused.push("reason" in error && error.reason),
    });
    const request = await buildRequest(receiver);
    await request.json();
    expectEqual((await fetch(request)).status, 401, "the status");
    expectEqual(refused, ["body_not_raw"], "the reason");
  }),
  fact(
    "unwraps a delivery, or throws an error with a reason",
    async ({ receiver: { InvalidSignatureError, signBody, unwrapEvent } }) => {
      const body = new TextEncoder().encode(BODY);
      const unwrap = (signature: string): Promise<unknown> =>
        unwrapEvent({ body, headers: { "X-Webhook-Signature": signature }, secret: SECRET });
      const event = await unwrap(await signBody(body, SECRET));
      expectEqual(event, JSON.parse(BODY), "the event");
      const error = await rejectionOf(unwrap(await signBody(body, "another secret")));
      expectEqual(error instanceof InvalidSignatureError && error.reason, "mismatch", "the reason");
    },
  ),
  fact("reads both spellings of a time", ({ receiver: { parseLinqTime } }) => {
    const expected = "2025-05-21T21:30:00.000Z";
    for (const text of ["2025-05-21T15:30:00-06:00", "2025-05-21 15:30:00 -0600"]) {
      expectEqual(parseLinqTime(text)?.toISOString(), expected, text);
    }
    expectEqual(parseLinqTime("2025-02-30T15:30:00Z"), undefined, "no such day");
  }),
  fact("accepts the deliveries of the sandbox", async ({ client, receiver, sandbox }) => {
    const taken: string[] = [];
    const { fetch } = receiver.createReceiver({
      secret: SECRET,
      on: { "message.received": ({ event_type }) => taken.push(event_type) },
    });
    const receivers = { [URL_OF_HOOK]: (request: Request) => fetch(request) };
    const api = sandbox.createSandbox({ receivers });
    await client.createLinqClient({ fetch: api.fetch, ...WITH_TOKEN }).webhookSubscriptions.ensure({
      webhook_url: URL_OF_HOOK,
      events: ["message.received"],
      secret: SECRET,
    });
    const deliveries = await api.emit("message.received");
    expectEqual(
      deliveries.map(({ status, error }) => [status, error]),
      [[200, undefined]],
      "it",
    );
    expectEqual(taken, ["message.received"], "what was taken");
  }),
];

/** The token of a sandbox is not a secret, not even in a page. */
const WITH_TOKEN = { token: "any-token", dangerouslyAllowBrowser: true };

async function buildRequest({ signBody }: Entries["receiver"]): Promise<Request> {
  const headers = { "X-Webhook-Signature": await signBody(BODY, SECRET) };
  return new Request(URL_OF_HOOK, { method: "POST", headers, body: BODY });
}

/** Passes a delivery to the receiver, and summarises the receipt. */
function createReceive({ receive }: Receiver) {
  return async (body: string, { signature }: { signature?: string }): Promise<string> => {
    const headers = { "x-webhook-signature": signature };
    const { status, outcome, error } = await receive({ body, headers });
    const reason = error instanceof Error && "reason" in error ? [String(error.reason)] : [];
    return [status, outcome, ...reason].join(" ");
  };
}
