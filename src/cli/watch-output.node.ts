/**
 * Calls `onClosed` when the reader of the output closes it, as `| head` does. Any other error, such
 * as a full disk, is printed in one line and sets exit code 1.
 */
export function watchOutput(onClosed: () => void): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", ({ code = "unknown" }: NodeJS.ErrnoException) => {
      onClosed();
      if (code === "EPIPE" || process.exitCode === FAILED) return;
      process.exitCode = FAILED;
      if (stream === process.stdout) {
        process.stderr.write(`error: the output cannot be written (${code})\n`);
      }
    });
  }
}

const FAILED = 1;
