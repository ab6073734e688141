/**
 * Runs the suite in every runtime, on the packed package, and prints how it went; `-- --write` also
 * puts the table into the README. Ends with code 1 when a fact does not hold or a runtime cannot be had.
 */
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { format, resolveConfig } from "prettier";
import { createProject } from "./project.js";
import { RUNTIMES } from "./runtimes.js";
import { serveWorlds } from "./serve-worlds.js";
import { failuresOf, formatTable, isGood, type Outcome, replaceTable } from "./table.js";

const README = new URL("../../README.md", import.meta.url);

const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });

const server = await serveWorlds();
const project = await createProject();
const outcomes: Outcome[] = [];
try {
  for (const runtime of RUNTIMES) {
    const { name, version = "" } = runtime;
    const run = await runtime.run(project, server.url).catch((error: unknown) => toError(error));
    const outcome = { runtime, run };
    outcomes.push(outcome);
    console.log(`${isGood(outcome) ? "✓" : "✗"} ${name} ${version}`.trimEnd());
    if (run instanceof Error) console.error(`  cannot be run: ${run.message}`);
    else for (const { fact, error } of failuresOf(run)) console.error(`  ${fact}: ${error ?? ""}`);
  }
} finally {
  await project.remove();
  await server.close();
}

const table = await format(formatTable(outcomes), { parser: "markdown" });
console.log(`\n${table}`);
if (!outcomes.every(isGood)) process.exitCode = 1;
else if (values.write) await write();

async function write(): Promise<void> {
  const readme = replaceTable(await readFile(README, "utf8"), table);
  const options = await resolveConfig(README);
  await writeFile(README, await format(readme, { ...options, parser: "markdown" }));
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
