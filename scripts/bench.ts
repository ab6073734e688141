/**
 * Measures the built package and other libraries in one run. Prints tables of medians, and of ratios to
 * the first row of each table. `--only=name` runs one part. `--write` stores the results in
 * scripts/bench/results.json and updates the tables in scripts/bench/README.md.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import Table from "cli-table3";
import { parseArgs } from "node:util";
import { benchApply } from "./bench/apply.js";
import { COMMAND, formatFigures } from "./bench/figures.js";
import { benchList } from "./bench/list.js";
import { benchLoad } from "./bench/load.js";
import type { Timing } from "./bench/measure.js";
import { installPeers, versionOf } from "./bench/peers.js";
import { benchProcesses } from "./bench/processes.js";
import { benchScale } from "./bench/scale.js";
import { benchReceive } from "./bench/receive.js";
import { benchReference } from "./bench/reference.js";
import { benchStores } from "./bench/stores.js";
import { benchVerify } from "./bench/verify.js";
import { writeManual } from "./write-manual.js";

const PARTS = {
  list: benchList,
  verify: async (): Promise<Record<string, Timing[]>> => ({
    ...(await benchVerify()),
    ...(await benchReceive()),
  }),
  load: benchLoad,
  scale: async (): Promise<Record<string, Timing[]>> => ({
    ...(await benchScale()),
    ...(await benchApply()),
  }),
  processes: benchProcesses,
  reference: benchReference,
  stores: benchStores,
};

const PEERS = [
  "ky",
  "@linqapp/sdk",
  "@octokit/webhooks-methods",
  "stripe",
  "standardwebhooks",
  "svix",
];

const { only, write } = parseArgs({
  options: { only: { type: "string" }, write: { type: "boolean", default: false } },
}).values;
if (only !== undefined && (write || !(only in PARTS))) {
  const names = Object.keys(PARTS).join(", ");
  throw new Error(`--only must be one of ${names}, and cannot be combined with --write.`);
}
installPeers();
execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });

const tables: Record<string, Timing[]> = {};
for (const [name, bench] of Object.entries(PARTS)) {
  if (only !== undefined && only !== name) continue;
  for (const [title, timings] of Object.entries(await bench())) {
    tables[title] = timings;
    show(title, timings);
  }
}

if (write) {
  const versions = Object.fromEntries(PEERS.map((name) => [name, versionOf(name)]));
  const machine = { node: process.version, cores: cpus().length };
  const file = fileURLToPath(new URL("./bench/results.json", import.meta.url));
  const results = { machine, versions, tables };
  writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
  await writeManual(COMMAND, formatFigures(results));
}

function show(title: string, timings: readonly Timing[]): void {
  const table = new Table({ head: [title, "µs", "ratio"], colAligns: ["left", "right", "right"] });
  for (const { name, milliseconds, ratio } of timings) {
    table.push([
      name,
      (milliseconds * 1_000).toFixed(1),
      Number.isNaN(ratio) ? "" : ratio.toFixed(2),
    ]);
  }
  console.log(table.toString());
}
