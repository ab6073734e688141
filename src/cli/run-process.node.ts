import { COMPLETE } from "./completion/complete-word.js";
import { Interrupted } from "./interrupted.js";
import { run } from "./run.js";
import { watchOutput } from "./watch-output.node.js";

/** Runs the command line with the streams, signals and exit code of the process. */
export async function runProcess(): Promise<void> {
  const interruption = new AbortController();
  const outputClosed = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // `once`: a second signal kills a command that ignores the first.
    process.once(signal, () => {
      interruption.abort(new Interrupted(signal));
    });
  }
  watchOutput(() => {
    outputClosed.abort();
  });
  // Reading `process.stdin` opens it, so a command that reads nothing never touches it.
  let input: NodeJS.ReadStream | undefined;
  const code = await run(process.argv.slice(2), {
    get stdin() {
      return (input ??= process.stdin);
    },
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    now: Date.now,
    fetch: (input, init) => globalThis.fetch(input, init),
    signal: interruption.signal,
    outputClosed: outputClosed.signal,
  });
  // The process exits on its own once everything is written; an open input would keep it alive.
  closeInput();
  process.exitCode ??= code;
  // A shell waits for completions, so exit at once and drop pending work, such as a DNS lookup.
  if (process.argv[2] === COMPLETE) process.stdout.write("", () => process.exit());

  function closeInput(): void {
    input?.destroy();
  }
}
