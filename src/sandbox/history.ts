import { notify } from "../checks/notify.js";

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
      notify(observer, item);
    },
    list: () => [...items],
  };
}
