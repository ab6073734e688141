import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { built } from "./built.js";
import { median, type Timing } from "./measure.js";

const CONCURRENCY = 4;
const ROUNDS = 5;

/** The number of creations, and the latency of the server in ms. */
const CASES = [
  { count: 1_000, latency: 0 },
  { count: 1_000, latency: 5 },
  { count: 10_000, latency: 0 },
] as const;

/** How long the limited loop waits for an answer, in ms. */
const LIMIT = 10_000;

/**
 * Compares an apply with a bare loop that posts the same creations with the same concurrency, and with a
 * loop that also limits the time of each request, as every client should.
 */
export async function benchApply(): Promise<Record<string, Timing[]>> {
  const { createLinqClient } = await built("index.js");
  const { applySync, planSync } = await built("sync/index.js");
  const tables: Record<string, Timing[]> = {};
  for (const { count, latency } of CASES) {
    const file = fileURLToPath(new URL("./api-server.ts", import.meta.url));
    const child = fork(file, [String(latency)], { execArgv: ["--import", "tsx"] });
    const [port] = (await once(child, "message")) as [number];
    const baseUrl = `http://127.0.0.1:${port}`;
    const url = `${baseUrl}/api/partner/v2/webhook_subscriptions`;
    const linq = createLinqClient({ token: "a-token-for-the-benchmark", baseUrl });
    const desired = Array.from({ length: count }, (_, index) => ({
      webhook_url: `https://host-${index}.example.com/hook`,
      events: ["message.received" as const],
    }));
    const loop = async (send: (url: string, input: object) => Promise<void>): Promise<void> => {
      const queue = desired.values();
      const work = async (): Promise<void> => {
        for (const input of queue) await send(url, input);
      };
      await Promise.all(Array.from({ length: CONCURRENCY }, work));
    };
    const apply = async (): Promise<void> => {
      const { done } = await applySync(linq, planSync(desired, []), { concurrency: CONCURRENCY });
      if (done.length !== count) throw new Error(`Only ${done.length} of ${count} were done.`);
    };
    const subjects = {
      "bare loop": () => loop((to, input) => post(to, input)),
      "loop with a time limit": () => loop(postWithin),
      applySync: apply,
    };
    const times: number[][] = [];
    // The first round warms up.
    for (let round = 0; round <= ROUNDS; round++) {
      const durations: number[] = [];
      for (const subject of Object.values(subjects)) durations.push(await timeFrom(url, subject));
      if (round > 0) times.push(durations);
    }
    child.disconnect();
    const title = `${count.toLocaleString("en")} creations, each answered after ${latency} ms, per creation`;
    tables[title] = Object.keys(subjects).map((name, index) => ({
      name,
      milliseconds: median(times.map((durations) => durations[index] ?? NaN)) / count,
      ratio: median(times.map((durations) => (durations[index] ?? NaN) / (durations[0] ?? NaN))),
    }));
  }
  return tables;
}

async function post(url: string, input: object, signal?: AbortSignal): Promise<void> {
  const response = await fetch(url, {
    ...(signal && { signal }),
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ webhook_subscription: { ...input, version: 2, active: true } }),
  });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  await response.json();
}

async function postWithin(url: string, input: object): Promise<void> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort();
  }, LIMIT);
  try {
    await post(url, input, controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** The duration of a task on an empty server, in ms. */
async function timeFrom(url: string, task: () => Promise<void>): Promise<number> {
  await (await fetch(url, { method: "DELETE" })).arrayBuffer();
  const start = performance.now();
  await task();
  return performance.now() - start;
}
