/**
 * Tells when nobody reads the output any more, as in `| head`. Any other error, as of a disk that is
 * full, is said in one line, and ends with 1.
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
