/** Something that happens later, unless it is stopped. */
export interface Timer {
  /** Resolves when the time is up; never, once it is stopped. */
  readonly up: Promise<void>;
  readonly stop: () => void;
}

/** @param ms - `Infinity` for never, which `setTimeout` would take for at once. */
export function startTimer(ms: number): Timer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const up = new Promise<void>((resolve) => {
    if (ms !== Infinity) timer = setTimeout(resolve, ms);
  });
  return {
    up,
    stop: () => {
      clearTimeout(timer);
    },
  };
}
