/**
 * Measures the built package beside its peers, all in one run: medians, and ratios to the first row of
 * each table. Prints tables and writes them to scripts/bench/results.json; `--only=name` runs one part.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import Table from "cli-table3";
import { benchApply } from "./bench/apply.js";
import { benchList } from "./bench/list.js";
import { benchLoad } from "./bench/load.js";
import type { Timing } from "./bench/measure.js";
import { installPeers, versionOf } from "./bench/peers.js";
import { benchProcesses } from "./bench/processes.js";
import { benchScale } from "./bench/scale.js";
import { benchVerify } from "./bench/verify.js";

const PARTS = {
  list: benchList,
  verify: benchVerify,
  load: benchLoad,
  scale: benchScale,
  apply: benchApply,
  processes: benchProcesses,
};

const PEERS = [
  "ky",
  "@linqapp/sdk",
  "@octokit/webhooks-methods",
  "stripe",
  "standardwebhooks",
  "svix",
];

const only = process.argv.find((argument) => argument.startsWith("--only="))?.slice(7);
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

if (only === undefined) {
  const versions = Object.fromEntries(PEERS.map((name) => [name, versionOf(name)]));
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
  const file = fileURLToPath(new URL("./bench/results.json", import.meta.url));
  writeFileSync(file, `${JSON.stringify({ machine, versions, tables }, undefined, 2)}\n`);
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
