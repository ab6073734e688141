/** How far a run is. A plain record, since each delivery has one. */
export interface Progress {
  /** Whether the task has begun; until then, what has failed is the store. */
  hasBegun: boolean;
  /** Whether all is done and noted, as with a store in memory it may be from the first. */
  isDone: boolean;
  /** What goes on after the outcome, if something does: telling the store again what it has not noted. */
  rest: Promise<unknown> | undefined;
  /** What {@link whenBegun} has promised, and how to keep it. */
  begun: Promise<void> | undefined;
  tell: (() => void) | undefined;
}

/** Nothing has happened yet. */
export function startProgress(): Progress {
  return { hasBegun: false, isDone: false, rest: undefined, begun: undefined, tell: undefined };
}

/** Notes that the task begins. */
export function begin(progress: Progress): void {
  progress.hasBegun = true;
  progress.tell?.();
}

/** Resolves when the task begins, if it does. */
export function whenBegun(progress: Progress): Promise<void> {
  progress.begun ??= new Promise<void>((resolve) => {
    if (progress.hasBegun) resolve();
    else progress.tell = resolve;
  });
  return progress.begun;
}

/** Adds to what goes on after the outcome. */
export function leaveRest(progress: Progress, more: Promise<unknown>): void {
  progress.rest = progress.rest ? Promise.all([progress.rest, more]) : more;
}
