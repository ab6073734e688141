/** What has happened so far. */
export interface History<T> {
  readonly add: (item: T) => void;
  /** Oldest first; a copy. */
  readonly list: () => T[];
}

/** Keeps what is added, and tells the observer, if there is one. */
export function createHistory<T>(observer: ((item: T) => void) | undefined): History<T> {
  const items: T[] = [];
  return {
    add: (item) => {
      items.push(item);
      try {
        const told: unknown = observer?.(item);
        if (told instanceof Promise) told.catch(() => undefined);
      } catch {
        // A mistake of an observer must not change what it observes.
      }
    },
    list: () => [...items],
  };
}
