import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { built } from "./built.js";
import { median, type Timing } from "./measure.js";
import { importPeer } from "./peers.js";
import { delivery, secret } from "./verify.js";

const SERVERS = {
  "bare node:http": "bare",
  "linq-webhooks receive": "receive",
  "linq-webhooks fetch, adapted": "fetch",
};
const ROUNDS = 5;
/** How long the load lasts in each round, in s. */
const DURATION = 2;

/** The receiver under load, a server in a process of its own for each. */
export async function benchLoad(): Promise<Record<string, Timing[]>> {
  const { default: autocannon } = await importPeer<{ default: Autocannon }>("autocannon");
  const { signBody } = await built("receiver/index.js");
  const body = delivery(1_000);
  const headers = {
    "content-type": "application/json",
    "x-webhook-signature": await signBody(body, secret),
  };
  const file = fileURLToPath(new URL("./load-server.ts", import.meta.url));
  const servers = await Promise.all(
    Object.entries(SERVERS).map(async ([name, argument]) => {
      const child = fork(file, [argument], { execArgv: ["--import", "tsx"] });
      const [port] = (await once(child, "message")) as [number];
      return { name, child, url: `http://127.0.0.1:${port}/`, rates: [] as number[] };
    }),
  );
  for (let round = 0; round < ROUNDS; round++) {
    for (const { url, rates } of servers) {
      const options = { url, method: "POST", headers, body, connections: 20, duration: DURATION };
      const { requests, non2xx, errors } = await autocannon(options);
      if (non2xx + errors > 0) throw new Error(`${non2xx} refused, ${errors} failed`);
      rates.push(requests.average);
    }
  }
  for (const { child } of servers) child.disconnect();
  const base = servers[0]?.rates ?? [];
  const timings = servers.map(({ name, rates }) => ({
    name,
    milliseconds: 1_000 / median(rates),
    ratio: median(rates.map((rate, index) => (base[index] ?? NaN) / rate)),
  }));
  return { "one delivery of 1 kB under load (20 connections)": timings };
}

type Autocannon = (options: object) => Promise<{
  requests: { average: number };
  non2xx: number;
  errors: number;
}>;
