import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { built } from "./built.js";
import { median, type Timing } from "./measure.js";
import { importPeer } from "./peers.js";
import { delivery, secret } from "./verify.js";

/** The servers to compare by name; the first of each group is the base. */
const COMPARISONS = {
  "under load, node:http": {
    "bare handler": "bare",
    "linq-webhooks receive": "receive",
    "linq-webhooks node": "node",
  },
  "under load, behind one adapter": {
    "bare handler, adapted": "bare-fetch",
    "linq-webhooks fetch, adapted": "fetch",
  },
};
const ROUNDS = 9;
/** The duration of the load in each round, in s. */
const DURATION = 1;

/**
 * The receiver under load, with a separate process for each server. Measures the CPU time for one
 * delivery of 1 kB with 20 connections.
 */
export async function benchLoad(): Promise<Record<string, Timing[]>> {
  const { default: autocannon } = await importPeer<{ default: Autocannon }>("autocannon");
  const { signBody } = await built("receiver/index.js");
  const body = delivery(1_000);
  const headers = {
    "content-type": "application/json",
    "x-webhook-signature": await signBody(body, secret),
  };
  const file = fileURLToPath(new URL("./load-server.ts", import.meta.url));
  const results: Record<string, Timing[]> = {};
  for (const [title, names] of Object.entries(COMPARISONS)) {
    const servers = await Promise.all(
      Object.entries(names).map(async ([name, argument]) => {
        const child = fork(file, [argument], { execArgv: ["--import", "tsx"] });
        const [port] = (await once(child, "message")) as [number];
        return { name, child, url: `http://127.0.0.1:${port}/`, times: [] as number[] };
      }),
    );
    // The first round warms up.
    for (let round = -1; round < ROUNDS; round++) {
      for (const { child, url, times } of servers) {
        const options = { url, method: "POST", headers, body, connections: 20, duration: DURATION };
        const before = await cpuTimeOf(child);
        const { requests, non2xx, errors } = await autocannon(options);
        if (non2xx + errors > 0) throw new Error(`${non2xx} were refused, ${errors} failed.`);
        if (round >= 0) times.push(((await cpuTimeOf(child)) - before) / requests.total);
      }
    }
    for (const { child } of servers) child.disconnect();
    const base = servers[0]?.times ?? [];
    results[title] = servers.map(({ name, times }) => ({
      name,
      milliseconds: median(times),
      ratio: median(times.map((time, index) => time / (base[index] ?? NaN))),
    }));
  }
  return results;
}

/** The CPU time of a server so far, in ms. */
async function cpuTimeOf(child: ChildProcess): Promise<number> {
  child.send("cpu");
  const [time] = (await once(child, "message")) as [number];
  return time;
}

type Autocannon = (options: object) => Promise<{
  requests: { total: number };
  non2xx: number;
  errors: number;
}>;
