import { notify } from "../checks/notify.js";

/** A list of past requests or deliveries. */
export interface History<T> {
  readonly add: (item: T) => void;
  /** Oldest first; a copy. */
  readonly list: () => T[];
}

/** Creates a history. It calls the observer, if there is one, with each item that is added. */
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
