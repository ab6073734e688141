/** Told once, with the reason, when something is over; at once if it is. */
export type Listener = (reason: unknown) => void;

/** Tells a listener, until what it gives back is called. */
export type OnEnd = (listener: Listener) => () => void;

/** When something ends by itself, and what may end it sooner. */
export interface DeadlineOptions {
  readonly outer: OnEnd | undefined;
  /** In ms. */
  readonly timeout: number;
  /** Makes the reason when the time is up. */
  readonly onTimeout: () => Error;
}

/**
 * Over when the time is up, or with the reason of what is around it when that is over. It has functions
 * and no getters: V8 makes a hidden class for every object with getters of its own, and frees none of
 * what they close over before a major collection. That took a third of the time of a list.
 */
export interface Deadline {
  readonly isOver: () => boolean;
  readonly onEnd: OnEnd;
  /** @throws the reason, once it is over. */
  readonly throwIfOver: () => void;
  /** The same for those who need a signal; made when it is asked for, since it is costly. */
  readonly getSignal: () => AbortSignal;
  /** Leaves nothing behind: no timer, and no listener outside. */
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
          // Those of old runtimes keep no reason.
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

/** Settles as the promise does, or rejects with the reason as soon as it is over. */
export function untilOver<T>({ onEnd }: Pick<Deadline, "onEnd">, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = onEnd(reject);
    promise.then(leave, leave);
    promise.then(resolve, reject);
  });
}
