import { fork } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** A program of a manual that accepts deliveries, in its own process. */
export interface RunningProgram {
  /** Where it listens, without a path. */
  readonly url: string;
  /** Ends it with SIGTERM, and returns its output and its exit code. */
  readonly stop: () => Promise<Ended>;
}

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit code; null when the signal has ended it. */
  readonly code: number | null;
}

/**
 * Starts a program.
 *
 * @param runner - the bundled `run-program.ts`.
 */
export async function startProgram(
  runner: string,
  program: string,
  env: Readonly<Record<string, string>>,
): Promise<RunningProgram> {
  const child = fork(runner, [program], {
    execArgv: [],
    env: { ...process.env, ...env },
    silent: true,
  });
  // They exist because it is silent.
  const { stdout, stderr } = child as typeof child &
    Record<"stdout" | "stderr", NodeJS.ReadableStream>;
  const ended = Promise.all([text(stdout), text(stderr), once(child, "exit")]).then(
    ([stdout, stderr, [code]]: [string, string, unknown[]]): Ended => ({
      stdout,
      stderr,
      code: code as number | null, // As documented.
    }),
  );
  const port: unknown = await Promise.race([
    once(child, "message").then(([message]: unknown[]) => message),
    ended.then(({ stderr }) => {
      throw new Error(`it has ended before it listened: ${stderr}`);
    }),
  ]);
  // It continues without this process, and ends when it gets a signal.
  child.disconnect();
  return {
    url: `http://127.0.0.1:${String(port)}`,
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}
