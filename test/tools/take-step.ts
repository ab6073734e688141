import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { checkTaken, deliver, SECRET } from "./deliver.js";
import { startServer } from "./start-server.js";
import type { ProgramStep, ServerStep, Step } from "./tool.js";

/** Only what hangs is cut short, in ms. */
const LIMIT = 300_000;

const runFile = promisify(execFile);

/**
 * Takes a step in the folder of a project.
 *
 * @throws {Error} that says what was expected, and what came.
 */
export async function takeStep(step: Step, folder: string): Promise<void> {
  await ("run" in step ? runProgram(step, folder) : serve(step, folder));
}

async function runProgram({ run, prints }: ProgramStep, cwd: string): Promise<void> {
  const { stdout } = await runFile(process.execPath, run, {
    ...{ cwd, env: environment("set, as a build may need it"), timeout: LIMIT, maxBuffer: 2 ** 26 },
  }).catch((cause: unknown) => {
    // What a tool has to say is in its output, which a failed run hands over with the error.
    const { stdout, stderr } = cause as { stdout: string; stderr: string };
    throw new Error(`${run.join(" ")} has failed:\n${stdout}${stderr}`, { cause });
  });
  const line = stdout.trimEnd().split("\n").at(-1);
  if (prints !== undefined && line !== prints) {
    throw new Error(`${run.join(" ")} should print "${prints}" at last, and printed:\n${stdout}`);
  }
}

async function serve({ serve, path }: ServerStep, folder: string): Promise<void> {
  const server = await startServer(serve, { cwd: folder, env: environment(SECRET) });
  // Whatever becomes of the deliveries, the server ends.
  const statuses = await deliver(new URL(path, server.url)).catch(async (error: unknown) => {
    throw new Error(`${path} cannot be reached:\n${await server.stop()}`, { cause: error });
  });
  checkTaken(statuses, await server.stop());
}

/** Ours, but for what tells tools that npm or Node runs them in some other way. */
function environment(secret: string): NodeJS.ProcessEnv {
  const ours = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_)/.test(name));
  return {
    ...Object.fromEntries(ours),
    LINQ_WEBHOOK_SECRET: secret,
    NEXT_TELEMETRY_DISABLED: "1",
  };
}
