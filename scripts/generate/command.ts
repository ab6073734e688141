import { join } from "node:path";
import { GenerateError } from "./generate-error.js";
import { HELP, readOptions, type Options } from "./read-options.js";
import { runOnce } from "./run-once.js";
import { watchFolder } from "./watch-folder.js";

/** Runs `npm run generate` when the inputs may have changed or arguments are given. */
export async function run(args: string[]): Promise<void> {
  await orExplain(async () => {
    const options = readOptions(args);
    const root = process.cwd();
    if (options.mode === "help") process.stdout.write(HELP);
    else if (options.mode === "watch") await watch(root, options);
    else process.exitCode = await runOnce(root, options, print);
  });
}

async function watch(root: string, options: Options): Promise<void> {
  const interruption = new AbortController();
  process.once("SIGINT", () => {
    interruption.abort();
  });
  const once = async (): Promise<void> => {
    await orExplain(async () => {
      await runOnce(root, options, print);
    });
    print("Watching spec/ for changes; press Ctrl+C to stop.\n");
  };
  await watchFolder(join(root, "spec"), once, interruption.signal);
  // A failed run has been reported already, and watching itself did not fail.
  process.exitCode = 0;
}

/** Reports a failure as one line per problem, without a stack trace, and sets exit code 1. */
async function orExplain(task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    const problems = error instanceof GenerateError ? error.problems : [String(error)];
    for (const problem of problems) {
      process.stderr.write(`generate: ${problem.replaceAll(/\s*\n\s*/g, " ")}\n`);
    }
    process.exitCode = 1;
  }
}

// The reader of the output may close it early, as `head` does; the files are still written.
process.stdout.on("error", () => undefined);

function print(text: string): void {
  process.stdout.write(text);
}
