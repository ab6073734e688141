import { join } from "node:path";
import { GenerateError } from "./generate-error.js";
import { HELP, readOptions, type Options } from "./read-options.js";
import { runOnce } from "./run-once.js";
import { watchFolder } from "./watch-folder.js";

/** `npm run generate` where there may be something to do. */
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
    print("Watching spec/ for the next save; Ctrl+C ends it.\n");
  };
  await watchFolder(join(root, "spec"), once, interruption.signal);
  // A run that failed was watched to its end; nothing failed in watching.
  process.exitCode = 0;
}

/** Turns a failure into lines and exit code 1; a stack would tell a user of the command nothing. */
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

// Whoever reads the output may stop, as `head` does; the files are written all the same.
process.stdout.on("error", () => undefined);

function print(text: string): void {
  process.stdout.write(text);
}
