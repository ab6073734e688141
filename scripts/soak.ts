/**
 * A long run of the receiver: thousands of events over loopback HTTP. Every twentieth event meets a
 * fault, and each is delivered again until it is accepted. Exits with 1 unless every event was handled
 * exactly once, every forgery was refused, and the heap has not grown.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequestListener } from "@remix-run/node-fetch-server";
import { createMemoryStore, createReceiver, signBody } from "linq-webhooks/receiver";

const EVENTS = 20_000;
const FAULTY = 0.05;
/** The number of concurrent deliveries. */
const CONCURRENCY = 32;
/** How much the heap may grow between the first and the last measurement, in MB. */
const SLACK = 3;

/** In ms: the sender gives up before the receiver answers, and a slow handler ends after both. */
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
/** How often each event was handled, by event number. */
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
  // Events are redelivered almost immediately, so a thousand entries are enough, and the store fills up.
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
  // A sender that gives up early may send half a body, which is also refused but is not a forgery.
  onRefused: ({ code }) => (refused += Number(code === "invalid_signature")),
  onError: () => thrown++,
});

/** A header that makes the server hang up, to simulate a network failure. */
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
// The address of a TCP port has this form.
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
// Redeliver the events that the store still knows.
for (let event = EVENTS - 500; event < EVENTS; event++) await emit(event, false);
await receiver.close();
await new Promise((resolve) => {
  server.close(resolve);
  server.closeAllConnections();
});
report();

/** Delivers an event until the receiver accepts it. */
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

/** The status of the response; undefined if there is none. */
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

/** The heap in use after a full garbage collection, in MB. */
async function measureHeap(): Promise<number> {
  if (!gc) throw new Error("The garbage collector is not exposed: run `npm run soak`.");
  // Let slow handlers finish first.
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
