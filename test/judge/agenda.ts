/** Something that is due later. It receives the time at which it happens, in ms. */
type Action = (at: number) => void;

/**
 * All that is due later. It has no timers: the first look at the state carries out what was due
 * by then, each action at its own time, so that the judge is the same on every clock.
 */
export interface Agenda {
  /** Schedules an action for a time, in ms since the epoch. */
  readonly add: (due: number, action: Action, kind: "write" | "delivery") => void;
  /** Carries out everything that is due by now, the earliest first. */
  readonly catchUp: (now: number) => void;
  /** Carries out all writes now, in the order in which they are due. */
  readonly land: (now: number) => void;
}

interface Entry {
  readonly due: number;
  readonly action: Action;
  readonly kind: "write" | "delivery";
}

export function createAgenda(): Agenda {
  const entries = new Set<Entry>();

  /** Of the actions that are due in the same ms, the one that was scheduled first. */
  const take = (isWanted: (entry: Entry) => boolean): Entry | undefined => {
    const [first] = [...entries].filter(isWanted).sort((a, b) => a.due - b.due);
    if (first) entries.delete(first);
    return first;
  };
  const catchUp = (now: number): void => {
    const isDue = ({ due }: Entry): boolean => due <= now;
    for (let next = take(isDue); next; next = take(isDue)) next.action(next.due);
  };
  return {
    add: (due, action, kind) => {
      entries.add({ due, action, kind });
    },
    catchUp,
    land: (now) => {
      catchUp(now);
      for (let next = take(isWrite); next; next = take(isWrite)) next.action(now);
    },
  };
}

function isWrite({ kind }: Entry): boolean {
  return kind === "write";
}
