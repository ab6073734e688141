import type { SandboxSubscription } from "./store.js";

/** The list as it was some time ago. */
export interface ListView {
  /** Notes what a subscription is from now on; undefined when it is gone. */
  readonly note: (id: number, subscription: SandboxSubscription | undefined) => void;
  /** What the list shows now. */
  readonly list: () => SandboxSubscription[];
  readonly copy: () => ListView;
}

interface Change {
  readonly at: number;
  readonly id: number;
  readonly subscription: SandboxSubscription | undefined;
}

/** @param lag - how old the list is, in ms; it may change at any time. */
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
      // Nobody may ever look, but the lag may begin.
      if (lag() === 0) catchUp(Infinity);
    },
    list: () => {
      catchUp(now() - lag());
      return [...known.values()];
    },
    copy: () => createListView(lag, now, known, coming),
  };
}
