import type { PageDelivery, PageRequest, PageState } from "./protocol.js";

/** The values that are kept for the page, by kind. */
interface Kinds {
  readonly delivery: PageDelivery;
  readonly request: PageRequest;
  readonly state: PageState;
}

/** One entry, at the position of its latest change. */
interface LogEntry {
  readonly sequence: number;
  readonly kind: keyof Kinds;
  readonly value: object;
}

/** Keeps a limited number of the latest entries, however slowly a reader reads. */
export interface PageLog {
  /** Adds an entry, or replaces the one of the same id, which then counts as the latest. */
  readonly put: <Kind extends keyof Kinds>(kind: Kind, id: string, value: Kinds[Kind]) => void;
  /** Returns the first entry after a position; undefined if there is none yet. */
  readonly next: (after: number) => LogEntry | undefined;
  /** Calls the listener after every change. It returns a function that stops that. */
  readonly watch: (listener: () => void) => () => void;
  /** The number of entries. */
  readonly size: number;
}

/** How many entries of each kind are kept; the oldest are dropped first. */
const MOST: Readonly<Record<keyof Kinds, number>> = { delivery: 1_000, request: 1_000, state: 1 };

export function createPageLog(): PageLog {
  /** By sequence number, in ascending order. */
  const entries = new Map<number, LogEntry>();
  /** The sequence number of each id, the oldest first. */
  const sequences = {
    delivery: new Map<string, number>(),
    request: new Map<string, number>(),
    state: new Map<string, number>(),
  } satisfies Record<keyof Kinds, unknown>;
  const listeners = new Set<() => void>();
  let last = 0;

  const forget = (known: Map<string, number>, id: string): void => {
    entries.delete(known.get(id) ?? 0);
    known.delete(id);
  };

  return {
    put: (kind, id, value) => {
      const known = sequences[kind];
      forget(known, id);
      entries.set(++last, { sequence: last, kind, value });
      known.set(id, last);
      const [oldest] = known.keys();
      if (known.size > MOST[kind] && oldest !== undefined) forget(known, oldest);
      for (const listener of listeners) listener();
    },
    next: (after) => {
      const [first = last + 1] = entries.keys();
      // Skips sequence numbers of replaced and dropped entries.
      for (let sequence = Math.max(after + 1, first); sequence <= last; sequence++) {
        const entry = entries.get(sequence);
        if (entry) return entry;
      }
      return undefined;
    },
    watch: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    get size() {
      return entries.size;
    },
  };
}
