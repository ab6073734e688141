import { COMPLETE } from "./completion/complete-word.js";
import { Interrupted } from "./interrupted.js";
import { run } from "./run.js";
import { watchOutput } from "./watch-output.node.js";

/** Runs the command line as the process. */
export async function runProcess(): Promise<void> {
  const interruption = new AbortController();
  const outputClosed = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // Once: a second one ends a command that does not listen.
    process.once(signal, () => {
      interruption.abort(new Interrupted(signal));
    });
  }
  watchOutput(() => {
    outputClosed.abort();
  });
  // Looking it up opens it, so nobody does who does not read.
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
  // The end comes by itself when nothing is left to write; an open input would hold it up.
  closeInput();
  process.exitCode ??= code;
  // A shell waits, so whatever is still under way, such as the lookup of a name, is left.
  if (process.argv[2] === COMPLETE) process.stdout.write("", () => process.exit());

  function closeInput(): void {
    input?.destroy();
  }
}
