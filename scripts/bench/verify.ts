import { createHmac, timingSafeEqual } from "node:crypto";
import type { DeliveryStore } from "linq-webhooks/receiver";
import { built } from "./built.js";
import { cpuTime, measure, type Timing } from "./measure.js";
import { importPeer } from "./peers.js";

/**
 * Verifies and parses one delivery from its bytes with each library, as the documentation of that
 * library shows. Measures CPU time, which is steadier than wall-clock time.
 */
export async function benchVerify(): Promise<Record<string, Timing[]>> {
  const results: Record<string, Timing[]> = {};
  for (const size of [300, 1_000, 50_000]) {
    const measured = await subjects(delivery(size));
    results[`verify and parse ${size} bytes`] = await measure(measured, ROUNDS, cpuTime);
  }
  return results;
}

const ROUNDS = 25;

const key = Buffer.from("a-secret-of-thirty-two-bytes-ok!");
export const secret = key.toString();

async function subjects(body: string): Promise<Record<string, () => unknown>> {
  const { createReceiver, signBody, unwrapEvent, verifySignature } =
    await built("receiver/index.js");
  const octokit = await importPeer<Octokit>("@octokit/webhooks-methods");
  const { default: Stripe } = await importPeer<{ default: StripeClass }>("stripe");
  const standard = await importPeer<Verifiers>("standardwebhooks");
  const svix = await importPeer<Verifiers>("svix");

  const bytes = Buffer.from(body);
  const signature = await signBody(body, secret);
  const headers = { "content-type": "application/json", "x-webhook-signature": signature };
  const receiver = createReceiver({
    secret,
    store: FORGETFUL,
    on: { "message.received": () => 0 },
  });
  const { webhooks } = new Stripe("sk_test_of_nothing");
  const stripeHeader = webhooks.generateTestHeaderString({ payload: body, secret });
  const standardHook = new standard.Webhook(key.toString("base64"));
  const svixHook = new svix.Webhook(key.toString("base64"));
  const now = new Date();
  const standardHeaders = {
    "webhook-id": "1",
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": standardHook.sign("1", now, body),
  };
  return {
    "node:crypto": () => {
      if (!isSignedByHand(bytes, headers)) throw new Error("refused");
      return JSON.parse(bytes.toString()) as unknown;
    },
    "linq-webhooks verifySignature": async () => {
      if (!(await verifySignature({ body: bytes, signature, secret }))) throw new Error("refused");
      return JSON.parse(bytes.toString()) as unknown;
    },
    "linq-webhooks unwrapEvent": () => unwrapEvent({ body: bytes, headers, secret }),
    "linq-webhooks receiver": () => receiver.receive({ body: bytes, headers }),
    "@octokit/webhooks-methods": async () => {
      const text = bytes.toString();
      if (!(await octokit.verify(secret, text, signature))) throw new Error("refused");
      return JSON.parse(text) as unknown;
    },
    stripe: () => webhooks.constructEvent(bytes, stripeHeader, secret),
    standardwebhooks: () => standardHook.verify(bytes, standardHeaders),
    svix: () => svixHook.verify(bytes, standardHeaders),
  };
}

/** Verifies a delivery with `node:crypto` alone. */
export function isSignedByHand(
  body: Uint8Array,
  headers: Readonly<Record<string, unknown>>,
): boolean {
  const expected = createHmac("sha256", secret).update(body).digest();
  const given = Buffer.from(String(headers["x-webhook-signature"]).slice(7), "hex");
  return timingSafeEqual(expected, given);
}

/** A store that remembers nothing, so that the same delivery is handled every time. */
export const FORGETFUL: DeliveryStore = {
  claim: () => "claimed",
  complete: () => undefined,
  release: () => undefined,
};

/** The body of a delivery with about `size` bytes. */
export function delivery(size: number, id = "6f1f0f0a-0000-4000-8000-000000000000"): string {
  const event = (text: string): string =>
    JSON.stringify({
      api_version: "v2",
      created_at: "2026-01-01T00:00:00Z",
      data: { id: "1", chat_id: "2", text, sent_at: "2026-01-01 00:00:00 -0600", chat_handles: [] },
      event_id: id,
      event_type: "message.received",
    });
  return event("x".repeat(Math.max(0, size - event("").length)));
}

interface Octokit {
  verify(secret: string, payload: string, signature: string): Promise<boolean>;
}

type StripeClass = new (key: string) => {
  webhooks: {
    constructEvent(body: Uint8Array, header: string, secret: string): unknown;
    generateTestHeaderString(options: { payload: string; secret: string }): string;
  };
};

interface Verifiers {
  Webhook: new (secret: string) => {
    sign(id: string, time: Date, body: string): string;
    verify(body: Uint8Array, headers: Record<string, string>): unknown;
  };
}
