/**
 * Runs the suite in every runtime, on the packed package, and prints how it went; `-- --write` also
 * puts the table into the README. Ends with code 1 when a fact does not hold or a runtime cannot be installed.
 */
import { parseArgs } from "node:util";
import { writeManual } from "../../scripts/write-manual.js";
import { createProject } from "./project.js";
import type { Runtime } from "./runtime.js";
import { RUNTIMES } from "./runtimes.js";
import { serveWorlds } from "./serve-worlds.js";
import { COMMAND, failuresOf, formatTable, isGood, type Outcome } from "./table.js";

const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });

const server = await serveWorlds();
const project = await createProject();
let outcomes: Outcome[];
try {
  // All at once: the suite waits more than it works.
  outcomes = await Promise.all(RUNTIMES.map(runSuite));
} finally {
  await project.remove();
  await server.close();
}

const table = formatTable(outcomes);
console.log(`\n${table}`);
if (!outcomes.every(isGood)) process.exitCode = 1;
else if (values.write) await writeManual(COMMAND, table);

async function runSuite(runtime: Runtime): Promise<Outcome> {
  const { name, version = "" } = runtime;
  const run = await runtime.run(project, server.url).catch((error: unknown) => toError(error));
  const outcome = { runtime, run };
  console.log(`${isGood(outcome) ? "✓" : "✗"} ${name} ${version}`.trimEnd());
  if (run instanceof Error) console.error(`  cannot be run: ${run.message}`);
  else for (const { fact, error } of failuresOf(run)) console.error(`  ${fact}: ${error ?? ""}`);
  return outcome;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
