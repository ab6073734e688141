import type { SandboxSubscription } from "./store.js";

/** A list that lags behind the current state. */
export interface ListView {
  /** Records the new state of a subscription; undefined if it was deleted. */
  readonly note: (id: number, subscription: SandboxSubscription | undefined) => void;
  /** The subscriptions that the list shows now. */
  readonly list: () => SandboxSubscription[];
  readonly copy: () => ListView;
}

interface Change {
  readonly at: number;
  readonly id: number;
  readonly subscription: SandboxSubscription | undefined;
}

/** @param lag - returns how far the list lags behind, in ms; it may change at any time. */
export function createListView(
  lag: () => number,
  now: () => number,
  shown: ReadonlyMap<number, SandboxSubscription> = new Map(),
  changes: readonly Change[] = [],
): ListView {
  const known = new Map(shown);
  const coming = [...changes];
  const catchUp = (until: number): void => {
    const next = coming.findIndex(({ at }) => at > until);
    for (const { id, subscription } of coming.splice(0, next < 0 ? coming.length : next)) {
      if (subscription) known.set(id, subscription);
      else known.delete(id);
    }
  };
  return {
    note: (id, subscription) => {
      coming.push({ at: now(), id, subscription });
      // Applied now, since the lag may grow before the next call of `list`.
      if (lag() === 0) catchUp(Infinity);
    },
    list: () => {
      catchUp(now() - lag());
      return [...known.values()];
    },
    copy: () => createListView(lag, now, known, coming),
  };
}
