import type { Knobs } from "./knobs.js";
import { type Random, randomBelow, shuffle } from "./random.js";
import type { Row } from "./row.js";
import { type Change, rowsAfter } from "./table.js";

/** What lists show, which can be older than the true rows. */
export interface ListView {
  /** Freezes the list in its state after these changes. */
  readonly freeze: (changes: readonly Change[]) => void;
  /** The rows that a list shows to a client, in the order of the list. */
  readonly show: (
    changes: readonly Change[],
    knobs: Knobs,
    client: string,
    now: number,
  ) => readonly Row[];
}

export function createListView(random: Random): ListView {
  let frozen: readonly Change[] = [];
  let turn = 0;

  const nextReplicaLag = ({ lag, replicas, replicaChoice }: Knobs): number => {
    const chosen = replicaChoice === "random" ? randomBelow(random, replicas) : turn++ % replicas;
    return replicas < 2 ? lag : (lag * chosen) / (replicas - 1);
  };
  const findSeen = (
    changes: readonly Change[],
    knobs: Knobs,
    client: string,
    now: number,
  ): readonly Change[] => {
    const { lag, lagKind } = knobs;
    const until = (moment: number): readonly Change[] => changes.filter(({ at }) => at <= moment);
    switch (lagKind) {
      case "fixed":
        return until(now - lag);
      case "replica":
        return until(now - nextReplicaLag(knobs));
      case "backInTime":
        return until(now - lag * random());
      case "readYourWrites":
        return changes.filter(({ at, by }) => by?.client === client || at <= now - lag);
      case "frozen":
        return frozen;
    }
  };
  return {
    freeze: (changes) => {
      frozen = [...changes];
    },
    show: (changes, knobs, client, now) => {
      const rows = rowsAfter(findSeen(changes, knobs, client, now));
      if (knobs.order === "shuffled") return shuffle(random, rows);
      const sign = knobs.order === "ascending" ? 1 : -1;
      return rows.sort((a, b) => sign * (a.id - b.id));
    },
  };
}
