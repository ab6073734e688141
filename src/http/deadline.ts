/** When something ends by itself, and who may end it sooner. */
export interface DeadlineOptions {
  /** The caller's. */
  readonly signal: AbortSignal | undefined;
  /** In ms. */
  readonly timeout: number;
  /** Makes the reason with which {@link Deadline.signal} aborts when the time is up. */
  readonly onTimeout: () => Error;
}

/** A signal that aborts when the time is up, or with the caller's reason when the caller does. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Leaves nothing behind: no timer, and no listener on the caller's signal. */
  readonly stop: () => void;
}

export function startDeadline({ signal, timeout, onTimeout }: DeadlineOptions): Deadline {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const forward = (): void => {
    controller.abort(signal?.reason);
  };
  signal?.addEventListener("abort", forward);
  const timer = setTimeout(() => {
    controller.abort(onTimeout());
  }, timeout);
  return {
    signal: controller.signal,
    stop: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", forward);
    },
  };
}

/** Settles as the promise does, or rejects with the signal's reason as soon as that aborts. */
export async function untilAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => {
      // Whatever the signal was aborted with is what the caller gets.
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
