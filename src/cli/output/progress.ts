import type { COMMON_OPTIONS, CommandContext } from "../command.js";

/** A progress display. */
export interface Progress {
  readonly update: (completed: number) => void;
  /** Removes the bar; further calls have no effect. */
  readonly stop: () => void;
}

/** Starts a bar on standard error. Without a terminal, or with `--json`, it shows nothing. */
export async function startProgress(
  { io, options }: Pick<CommandContext<typeof COMMON_OPTIONS>, "io" | "options">,
  total: number,
): Promise<Progress> {
  if (io.stderr.isTTY !== true || options.json || total === 0) {
    return { update: () => undefined, stop: () => undefined };
  }
  const { default: progress } = await import("cli-progress");
  const bar = new progress.SingleBar({
    // The library only calls `write`, and reads `isTTY`.
    stream: io.stderr as NodeJS.WritableStream,
    format: "{bar} {value}/{total}",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 30,
    clearOnComplete: true,
    hideCursor: false,
    linewrap: null,
    // The process handles signals.
    gracefulExit: false,
  });
  bar.start(total, 0);
  return {
    update: (completed) => {
      bar.update(completed);
    },
    stop: () => {
      bar.stop();
    },
  };
}
