import type { Io } from "../../src/cli/io.js";
import { run } from "../../src/cli/run.js";
import { systemClock } from "../../src/http/clock.js";
import { createFastClock } from "./fast-clock.js";

// The client of a command goes by the system's clock. In a test file that runs commands nobody waits.
Object.assign(systemClock, createFastClock());

/** What a test decides about the world of a command. */
export interface CliWorld {
  /** The content of standard input, in chunks. */
  readonly stdin?: readonly (string | Uint8Array)[];
  /** Whether all three streams are terminals. */
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** Over a token of the tests. */
  readonly env?: Io["env"];
  readonly cwd?: string;
  /** In ms since the epoch; a function for a clock that goes on. */
  readonly now?: number | (() => number);
  readonly fetch?: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  readonly signal?: AbortSignal;
  readonly outputClosed?: AbortSignal;
  readonly pageFolder?: string;
  /** Sees each piece that is written, as it is. */
  readonly onWrite?: (text: string) => void;
}

/** What a command did. */
export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The token in the environment unless a test puts another one there. */
export const CLI_TOKEN = "token-5f2c9e7ab1d04836";

/** Runs the command line in a world of its own; without a `fetch` it has no network. */
export async function runCli(argv: readonly string[], world: CliWorld = {}): Promise<CliResult> {
  const { stdin = [], isTTY = false, columns, now = Date.parse("2025-06-01T12:00:00Z") } = world;
  const written = { stdout: "", stderr: "" };
  const output = (name: keyof typeof written): Io["stdout"] => ({
    isTTY,
    columns: isTTY ? (columns ?? 120) : undefined,
    write: (text) => {
      written[name] += text;
      world.onWrite?.(text);
    },
  });
  const code = await run(argv, {
    stdin: Object.assign(toAsync(stdin), { isTTY }),
    stdout: output("stdout"),
    stderr: output("stderr"),
    env: { LINQ_INTEGRATION_TOKEN: CLI_TOKEN, ...world.env },
    cwd: world.cwd ?? "/nonexistent",
    now: typeof now === "number" ? () => now : now,
    fetch: world.fetch ?? (() => Promise.reject(new TypeError("this test has no network"))),
    signal: world.signal ?? new AbortController().signal,
    outputClosed: world.outputClosed ?? new AbortController().signal,
    pageFolder: world.pageFolder,
  });
  return { code, ...written };
}

async function* toAsync<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}
