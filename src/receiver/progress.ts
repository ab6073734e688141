/** The progress of a run. It is a plain record for speed, since each delivery has one. */
export interface Progress {
  /** Whether the task has begun. Until then, only the store can have failed. */
  hasBegun: boolean;
  /** Whether the task is done and the store knows it. With a store in memory, both may happen at once. */
  isDone: boolean;
  /** Work that continues after the outcome, if any: repeating failed writes to the store. */
  rest: Promise<unknown> | undefined;
  /** The promise of {@link whenBegun}, and the function that resolves it. */
  begun: Promise<void> | undefined;
  tell: (() => void) | undefined;
}

/** The progress of a run that has not begun. */
export function startProgress(): Progress {
  return { hasBegun: false, isDone: false, rest: undefined, begun: undefined, tell: undefined };
}

/** Records that the task begins. */
export function begin(progress: Progress): void {
  progress.hasBegun = true;
  progress.tell?.();
}

/** Resolves when the task begins; never, if it does not. */
export function whenBegun(progress: Progress): Promise<void> {
  progress.begun ??= new Promise<void>((resolve) => {
    if (progress.hasBegun) resolve();
    else progress.tell = resolve;
  });
  return progress.begun;
}

/** Adds work that continues after the outcome. */
export function leaveRest(progress: Progress, more: Promise<unknown>): void {
  progress.rest = progress.rest ? Promise.all([progress.rest, more]) : more;
}
