/**
 * Packs the package, and uses it in the project of each compiler, test runner, bundler and framework.
 * `-- --all` does so in the slow ones, too, and `-- --only=next` in those alone whose name begins with
 * it. Ends with code 1 when it fails in one.
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
const outcomes = await useAll();
console.log(formatReport(outcomes));
if (outcomes.some(({ error }) => error)) process.exitCode = 1;

function chooseTools(): Tool[] {
  const { all, only } = values;
  const chosen = TOOLS.filter(({ name, isSlow }) =>
    only === undefined ? all || !isSlow : name.toLowerCase().startsWith(only.toLowerCase()),
  );
  if (chosen.length > 0) return chosen;
  const names = TOOLS.map(({ name }) => name).join(", ");
  throw new Error(`--only=${only ?? ""} is the beginning of no tool's name; there are ${names}`);
}

/** As many at once as there are processors; the outcomes are in the order of the tools. */
async function useAll(): Promise<Outcome[]> {
  const outcomes = new Map<Tool, Outcome>();
  const waiting = [...tools];
  const useNext = async (): Promise<void> => {
    const tool = waiting.shift();
    if (!tool) return;
    const outcome = await use(tool);
    outcomes.set(tool, outcome);
    console.error(`${outcome.error ? "✗" : "✓"} ${tool.name} ${tool.version}`);
    await useNext();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, useNext));
  return tools.flatMap((tool) => outcomes.get(tool) ?? []);
}

async function use(tool: Tool): Promise<Outcome> {
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
