import { join } from "node:path";
import { prepareRun } from "./generate/prepare-run.js";
import { HELP, readMode, type Mode } from "./generate/read-mode.js";
import { watchFolder } from "./generate/watch-folder.js";
import { findStale, writeFiles } from "./generate/write-files.js";

const root = process.cwd();
const modes: Record<Mode, () => Promise<void>> = { write, check, watch, help };

await orExplain(() => modes[readMode(process.argv.slice(2))]());

async function write(): Promise<void> {
  const { folder, files, report } = await prepareRun(root);
  const { stale, missing, leftOver } = await writeFiles(folder, files);
  const written = [...stale, ...missing].map((name) => `wrote generated/${name}`);
  const removed = leftOver.map((name) => `removed generated/${name}`);
  print([...report, ...written, ...removed, "generated/ is up to date."]);
}

async function check(): Promise<void> {
  const { folder, files } = await prepareRun(root);
  const { stale, missing, leftOver } = await findStale(folder, files);
  const lines = [
    ...stale.map((name) => `stale      generated/${name}`),
    ...missing.map((name) => `missing    generated/${name}`),
    ...leftOver.map((name) => `left over  generated/${name}`),
  ];
  if (lines.length === 0) {
    print(["generated/ is up to date."]);
  } else {
    print([...lines, "Run `npm run generate` and commit what it writes."]);
    process.exitCode = 1;
  }
}

async function watch(): Promise<void> {
  const interruption = new AbortController();
  process.once("SIGINT", () => {
    interruption.abort();
  });
  const run = async (): Promise<void> => {
    await orExplain(write);
    print(["Watching spec/ for the next save; Ctrl+C ends it."]);
  };
  await watchFolder(join(root, "spec"), run, interruption.signal);
  // A run that failed was watched to its end; nothing failed in watching.
  process.exitCode = 0;
}

function help(): Promise<void> {
  process.stdout.write(HELP);
  return Promise.resolve();
}

/** Turns a failure into one line and exit code 1; a stack would tell a user of the command nothing. */
async function orExplain(task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`generate: ${message.replaceAll(/\s*\n\s*/g, " ")}\n`);
    process.exitCode = 1;
  }
}

function print(lines: string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}
