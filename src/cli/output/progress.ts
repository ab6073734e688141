import type { COMMON_OPTIONS, CommandContext } from "../command.js";

/** Shows how far something has come. */
export interface Progress {
  readonly update: (completed: number) => void;
  /** Takes the bar away; calling it again does no harm. */
  readonly stop: () => void;
}

/** A bar on standard error, where that is a terminal and people are to read; elsewhere it shows nothing. */
export async function startProgress(
  { io, options }: Pick<CommandContext<typeof COMMON_OPTIONS>, "io" | "options">,
  total: number,
): Promise<Progress> {
  if (io.stderr.isTTY !== true || options.json || total === 0) {
    return { update: () => undefined, stop: () => undefined };
  }
  const { default: progress } = await import("cli-progress");
  const bar = new progress.SingleBar({
    // It only writes, and asks whether this is a terminal.
    stream: io.stderr as NodeJS.WritableStream,
    format: "{bar} {value}/{total}",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 30,
    clearOnComplete: true,
    hideCursor: false,
    linewrap: null,
    // Signals are for the process to handle.
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
