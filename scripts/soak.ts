/**
 * A long run of the receiver: thousands of events over loopback HTTP, of which every twentieth meets
 * a fault, and each delivered again until it is taken. Ends with code 1 unless every event was handled
 * exactly once, nothing else was, and the heap has not grown.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequestListener } from "@remix-run/node-fetch-server";
import { createMemoryStore, createReceiver, signBody } from "linq-webhooks/receiver";

const EVENTS = 20_000;
const FAULTY = 0.05;
/** How many are on their way at once. */
const CONCURRENCY = 32;
/** By how much the heap may grow between the first look and the last, in MB. */
const SLACK = 3;

/** In ms: the sender gives up before the receiver answers, and that before a slow handler is done. */
const SENDER_TIMEOUT = 30;
const ACK_TIMEOUT = 60;
const SLOW = 90;

const FAULTS = [
  "dropped before the handler ran",
  "dropped after it ran",
  "the handler throws",
  "the handler is slow",
  "delivered twice at once",
  "tampered with",
  "unsigned",
] as const;

type Fault = (typeof FAULTS)[number];

const secret = "a secret for the soak";
const faults = new Map<Fault, number>(FAULTS.map((fault) => [fault, 0]));
/** How often each event was handled, by its number. */
const handled = new Uint8Array(EVENTS);
/** Events whose handlers have yet to throw. */
const doomed = new Set<number>();
const heaps: number[] = [];
let deliveries = 0;
let taken = 0;
let refused = 0;
let thrown = 0;
let forged = 0;

const receiver = createReceiver({
  secret,
  // An event comes again within a moment, so a thousand are plenty, and the store is soon full.
  store: createMemoryStore({ maxEntries: 1_000 }),
  ackTimeout: ACK_TIMEOUT,
  on: {
    "message.received": async ({ event_id, data }) => {
      const event = Number(event_id);
      if (data.text === "forged") forged++;
      if (doomed.delete(event)) throw new Error("not now");
      if (data.text === ("the handler is slow" satisfies Fault)) await sleep(SLOW);
      handled[event] = (handled[event] ?? 0) + 1;
    },
  },
  // A sender that gives up early may leave half a body, which is refused too, and is no forgery.
  onRefused: ({ code }) => (refused += Number(code === "invalid_signature")),
  onError: () => thrown++,
});

/** Tells the server to hang up. No sender has it; it stands for a network that fails. */
const HANG_UP = "x-hang-up";

const server = createServer((request, response) => {
  const when = request.headers[HANG_UP];
  if (when === "before") {
    request.socket.destroy();
    return;
  }
  createRequestListener(async (delivery) => {
    const answer = await receiver.fetch(delivery);
    if (answer.status === 200) taken++;
    if (when === "after") request.socket.destroy();
    return answer;
  })(request, response);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
// A string is for pipes, null for before listening.
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;

const start = performance.now();
let next = 0;
for (const until of [EVENTS / 10, EVENTS / 2, EVENTS]) {
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      while (next < until) await emit(next++);
    }),
  );
  heaps.push(await measureHeap());
}
// What the store still knows, again.
for (let event = EVENTS - 500; event < EVENTS; event++) await emit(event, false);
await receiver.close();
await new Promise((resolve) => {
  server.close(resolve);
  server.closeAllConnections();
});
report();

/** Delivers an event until it is taken. */
async function emit(event: number, mayFail = Math.random() < FAULTY): Promise<void> {
  const fault = mayFail ? FAULTS[Math.floor(Math.random() * FAULTS.length)] : undefined;
  if (fault) faults.set(fault, (faults.get(fault) ?? 0) + 1);
  const body = writeEvent(event, fault ?? "fine");
  const signature = await signBody(body, secret);
  const signed = { "X-Webhook-Signature": signature };
  switch (fault) {
    case "dropped before the handler ran":
      await post(body, { ...signed, [HANG_UP]: "before" });
      break;
    case "dropped after it ran":
      await post(body, { ...signed, [HANG_UP]: "after" });
      break;
    case "the handler throws":
      doomed.add(event);
      break;
    case "the handler is slow":
      await post(body, signed, AbortSignal.timeout(SENDER_TIMEOUT));
      break;
    case "delivered twice at once":
      await Promise.all([post(body, signed), post(body, signed)]);
      break;
    case "tampered with":
      await post(writeEvent(event, "forged"), signed);
      break;
    case "unsigned":
      await post(writeEvent(event, "forged"), {});
      break;
    case undefined:
  }
  while ((await post(body, signed)) !== 200);
}

/** The status of the answer; undefined when there is none. */
async function post(
  body: string,
  headers: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<number | undefined> {
  deliveries++;
  try {
    const response = await fetch(url, { method: "POST", headers, body, signal: signal ?? null });
    await response.text();
    return response.status;
  } catch {
    return undefined;
  }
}

function writeEvent(event: number, text: string): string {
  const data = { id: `m${event}`, text };
  return JSON.stringify({ event_type: "message.received", event_id: String(event), data });
}

/** What is in use once all is collected that can be, in MB. */
async function measureHeap(): Promise<number> {
  if (!gc) throw new Error("run this with node --expose-gc, as `npm run soak` does");
  // Slow handlers first: they belong to what is over.
  await sleep(2 * SLOW);
  await gc({ type: "major", execution: "async" });
  return process.memoryUsage().heapUsed / 1_048_576;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

function report(): void {
  const lost = handled.filter((times) => times === 0).length;
  const repeated = handled.filter((times) => times > 1).length;
  const once = EVENTS - lost - repeated;
  const [first = 0, middle = 0, last = 0] = heaps;
  const forgeries = (faults.get("tampered with") ?? 0) + (faults.get("unsigned") ?? 0);
  const promises: readonly (readonly [string, boolean])[] = [
    ["every event was handled exactly once", once === EVENTS],
    ["every forgery was refused, and nothing else", refused === forgeries && forged === 0],
    ["every error of a handler was reported", thrown === faults.get("the handler throws")],
    ["the heap is flat", last - first < SLACK],
  ];
  const figures: readonly (readonly [string, string | number])[] = [
    ["events", EVENTS],
    ["deliveries", deliveries],
    ...[...faults].map(([fault, times]) => [`  ${fault}`, times] as const),
    ["handled once", once],
    ["handled more than once", repeated],
    ["lost", lost],
    ["duplicates not handled again", taken - once],
    ["refused", refused],
    ["heap at 10 %, 50 % and 100 %, MB", heaps.map((heap) => heap.toFixed(1)).join(", ")],
    ["heap growth, MB", `${(middle - first).toFixed(1)}, ${(last - first).toFixed(1)}`],
    ["seconds", ((performance.now() - start) / 1000).toFixed(1)],
  ];
  for (const [name, figure] of figures) console.log(`${name.padEnd(34)} ${figure}`);
  for (const [promise, isKept] of promises) console.log(`${isKept ? "✓" : "✗"} ${promise}`);
  if (promises.some(([, isKept]) => !isKept)) process.exitCode = 1;
}
