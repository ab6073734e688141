/** Is called once, with the reason, when the deadline is over; immediately if it already is. */
export type Listener = (reason: unknown) => void;

/** Adds a listener, and returns a function that removes it. */
export type OnEnd = (listener: Listener) => () => void;

/** How long a deadline runs, and what can end it sooner. */
export interface DeadlineOptions {
  /** Another deadline or signal that ends this one. */
  readonly outer: OnEnd | undefined;
  /** The time limit, in ms. */
  readonly timeout: number;
  /** Makes the reason for the end of the time limit. */
  readonly onTimeout: () => Error;
}

/**
 * A time limit that also ends, with the same reason, when its `outer` ends. It has functions instead of
 * getters: V8 makes a hidden class for every object with its own getters, and frees the values that
 * they close over only in a major collection. That took a third of the time of a list.
 */
export interface Deadline {
  readonly isOver: () => boolean;
  readonly onEnd: OnEnd;
  /** @throws the reason, once the deadline is over. */
  readonly throwIfOver: () => void;
  /** A signal that aborts when the deadline is over; made on first use, because it is costly. */
  readonly getSignal: () => AbortSignal;
  /** Clears the timer, and removes the listener from `outer`. */
  readonly stop: () => void;
}

export function startDeadline({ outer, timeout, onTimeout }: DeadlineOptions): Deadline {
  const listeners = new Set<Listener>();
  let ended: { readonly reason: unknown } | undefined;
  let controller: AbortController | undefined;

  const end = (reason: unknown): void => {
    if (ended) return;
    ended = { reason };
    for (const listener of listeners) listener(reason);
  };
  const onEnd: OnEnd = (listener) => {
    if (ended) listener(ended.reason);
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const leave = outer?.(end);
  const timer = setTimeout(() => {
    end(onTimeout());
  }, timeout);

  return {
    isOver: () => ended !== undefined,
    onEnd,
    throwIfOver: () => {
      if (ended) throw ended.reason;
    },
    getSignal: () => {
      if (!controller) {
        const made = (controller = new AbortController());
        onEnd((reason) => {
          // In old runtimes a signal does not keep its reason.
          if (!("reason" in made.signal)) Object.assign(made.signal, { reason });
          made.abort(reason);
        });
      }
      return controller.signal;
    },
    stop: () => {
      clearTimeout(timer);
      leave?.();
    },
  };
}

/** Settles as the promise does, or rejects with the reason as soon as the deadline is over. */
export function untilOver<T>({ onEnd }: Pick<Deadline, "onEnd">, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = onEnd(reject);
    const settle = (): void => {
      leave();
      resolve(promise);
    };
    promise.then(settle, settle);
  });
}
