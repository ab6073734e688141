/**
 * Prints how many handwritten lines each wing of the repository has, and fails when one exceeds its
 * budget. A line that is blank or only a comment does not count, so that nobody saves on comments.
 */
import { readdirSync, readFileSync } from "node:fs";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import { countLines } from "./lines/count-lines.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** A few percent above what a wing has. A commit that raises one says what the lines are for. */
const BUDGETS: Readonly<Record<string, number>> = {
  "src/": 140,
  "src/checks/": 620,
  "src/cli/": 8_750,
  "src/errors/": 400,
  "src/http/": 910,
  "src/page/": 2_600,
  "src/receiver/": 1_550,
  "src/sandbox/": 2_150,
  "src/stores/": 320,
  "src/subscriptions/": 2_450,
  "src/sync/": 1_100,
  "src/testing/": 150,
  "scripts/": 8_650,
  "test/": 49_500,
};

/** What people write in a wing, apart from its manuals. */
const HANDWRITTEN = /\.(?:[jt]sx?|css|html|bash|fish|zsh)$/;

const totals = new Map(Object.keys(BUDGETS).map((wing) => [wing, 0]));
for (const name of listFiles()) {
  const wing = /^src\/(?:[^/]+\/)?|^[^/]+\//.exec(name)?.[0] ?? "";
  totals.set(wing, (totals.get(wing) ?? 0) + countLines(name, readFileSync(ROOT + name, "utf8")));
}

for (const [wing, lines] of totals) {
  const budget = BUDGETS[wing] ?? 0;
  console.log(`${wing.padEnd(19)}${format(lines)} lines  budget ${format(budget)}`);
  if (lines <= budget) continue;
  console.error(`${wing} is over its budget: find out what has grown, or raise it in this file`);
  process.exitCode = 1;
}

function listFiles(): string[] {
  return ["src", "scripts", "test"]
    .flatMap((folder) =>
      readdirSync(ROOT + folder, { recursive: true, encoding: "utf8" }).map((name) =>
        [folder, ...name.split(sep)].join("/"),
      ),
    )
    .filter((name) => HANDWRITTEN.test(name) && !name.includes("/node_modules/"));
}

function format(count: number): string {
  return count.toLocaleString("en").padStart(6);
}
