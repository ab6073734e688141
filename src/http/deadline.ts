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
  const leave = signal && follow(signal, controller);
  const timer = setTimeout(() => {
    controller.abort(onTimeout());
  }, timeout);
  return {
    signal: controller.signal,
    stop: () => {
      clearTimeout(timer);
      leave?.();
    },
  };
}

/** The controllers that abort with a signal, and the one listener that sees to it. */
interface Followers {
  readonly controllers: Set<AbortController>;
  readonly forward: () => void;
}

const followersOf = new WeakMap<AbortSignal, Followers>();

/**
 * Aborts a controller when the signal does. All the calls on one signal share one listener, since
 * Node takes more than ten for a leak and warns.
 *
 * @returns Stops it, and leaves no listener behind when nobody follows the signal any more.
 */
function follow(signal: AbortSignal, controller: AbortController): () => void {
  const followers = followersOf.get(signal) ?? startToFollow(signal);
  const { controllers, forward } = followers;
  controllers.add(controller);
  return () => {
    controllers.delete(controller);
    if (controllers.size > 0 || followersOf.get(signal) !== followers) return;
    followersOf.delete(signal);
    signal.removeEventListener("abort", forward);
  };
}

function startToFollow(signal: AbortSignal): Followers {
  const controllers = new Set<AbortController>();
  const forward = (): void => {
    for (const controller of controllers) controller.abort(signal.reason);
  };
  const followers = { controllers, forward };
  followersOf.set(signal, followers);
  signal.addEventListener("abort", forward);
  return followers;
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
