/**
 * Packs the package, then builds and runs a small project with each compiler, test runner and bundler.
 * `-- --all` includes the slow tools, and `-- --only=next` runs only the tools whose name starts with
 * "next". Ends with code 1 if one of them fails.
 */
import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { packPackage } from "../support/pack-package.js";
import { createProject } from "./create-project.js";
import { formatReport, type Outcome } from "./report.js";
import { takeStep } from "./take-step.js";
import type { Tool } from "./tool.js";
import { TOOLS } from "./tools.js";

const { values } = parseArgs({
  options: { all: { type: "boolean", default: false }, only: { type: "string" } },
});

const tools = chooseTools();
await packPackage();
const outcomes = await runAll();
console.log(formatReport(outcomes));
if (outcomes.some(({ error }) => error)) process.exitCode = 1;

function chooseTools(): Tool[] {
  const { all, only } = values;
  const chosen = TOOLS.filter(({ name, isSlow }) =>
    only === undefined ? all || !isSlow : name.toLowerCase().startsWith(only.toLowerCase()),
  );
  if (chosen.length > 0) return chosen;
  const names = TOOLS.map(({ name }) => name).join(", ");
  throw new Error(
    `--only=${only ?? ""} matches none of the tools; use the start of one of these names: ${names}`,
  );
}

/** Runs as many tools at once as there are processors; returns the outcomes in the order of the tools. */
async function runAll(): Promise<Outcome[]> {
  const outcomes = new Map<Tool, Outcome>();
  const waiting = [...tools];
  const runNext = async (): Promise<void> => {
    const tool = waiting.shift();
    if (!tool) return;
    const outcome = await runTool(tool);
    outcomes.set(tool, outcome);
    console.error(`${outcome.error ? "✗" : "✓"} ${tool.name} ${tool.version}`);
    await runNext();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, runNext));
  return tools.flatMap((tool) => outcomes.get(tool) ?? []);
}

async function runTool(tool: Tool): Promise<Outcome> {
  const begin = performance.now();
  const error = await takeSteps(tool).then(() => undefined, toError);
  return { tool, duration: performance.now() - begin, error };
}

async function takeSteps(tool: Tool): Promise<void> {
  const project = await createProject(tool);
  try {
    for (const step of tool.steps) await takeStep(step, project.folder);
  } finally {
    await project.remove();
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
