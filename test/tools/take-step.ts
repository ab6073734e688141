import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { checkAccepted, deliver, SECRET } from "./deliver.js";
import { startServer } from "./start-server.js";
import type { ProgramStep, ServerStep, Step } from "./tool.js";

/** The time after which a process is ended, in ms; long enough for all that do not hang. */
const LIMIT = 300_000;

/** `next build` needs a secret; another one shows that the server reads its own. */
const BUILD_SECRET = "only for the build";

const runFile = promisify(execFile);

/**
 * Carries out a step in the folder of a project.
 *
 * @throws {Error} that says what was expected, and the output of the process.
 */
export async function takeStep(step: Step, folder: string): Promise<void> {
  await ("run" in step ? runProgram(step, folder) : serve(step, folder));
}

async function runProgram({ run, prints }: ProgramStep, cwd: string): Promise<void> {
  const { stdout } = await runFile(process.execPath, run, {
    ...{ cwd, env: environment(BUILD_SECRET), timeout: LIMIT, maxBuffer: 2 ** 26 },
  }).catch((cause: unknown) => {
    // The error of execFile has the output of the process.
    const { stdout, stderr } = cause as { stdout: string; stderr: string };
    throw new Error(`${run.join(" ")} failed:\n${stdout}${stderr}`, { cause });
  });
  const line = stdout.trimEnd().split("\n").at(-1);
  if (prints !== undefined && line !== prints) {
    throw new Error(
      `${run.join(" ")} should print "${prints}" in its last line, and printed:\n${stdout}`,
    );
  }
}

async function serve({ serve, path }: ServerStep, folder: string): Promise<void> {
  const server = await startServer(serve, {
    ...{ cwd: folder, env: environment(SECRET), timeout: LIMIT },
  });
  // The server also ends if a delivery fails.
  const statuses = await deliver(new URL(path, server.url)).catch(async (error: unknown) => {
    throw new Error(`${path} did not answer:\n${await server.stop()}`, { cause: error });
  });
  checkAccepted(statuses, await server.stop());
}

/** Our environment without the variables of npm and Node, which change how some tools work. */
function environment(secret: string): NodeJS.ProcessEnv {
  const ours = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_)/.test(name));
  return {
    ...Object.fromEntries(ours),
    LINQ_WEBHOOK_SECRET: secret,
    NEXT_TELEMETRY_DISABLED: "1",
  };
}
