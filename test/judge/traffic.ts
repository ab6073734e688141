import { toTime, type World } from "./operations.js";
import { randomBelow } from "./random.js";

/** Deliveries that arrive, and leave their mark on rows. */
export interface Traffic {
  /** Restarts with the current knob; the first delivery comes when its time has passed. */
  readonly restart: (now: number) => void;
}

export function createTraffic(world: World): Traffic {
  let round = 0;
  return {
    restart: (now) => {
      round += 1;
      const { traffic } = world.knobs();
      if (traffic) schedule(traffic, round, now + traffic.every);
    },
  };

  function schedule(
    traffic: { readonly every: number; readonly touchesUpdatedAt?: boolean },
    ownRound: number,
    due: number,
  ): void {
    const deliver = (at: number): void => {
      if (ownRound !== round) return;
      deliverOnce(world, at, traffic.touchesUpdatedAt ?? false);
      schedule(traffic, ownRound, at + traffic.every);
    };
    world.agenda.add(due, deliver, "delivery");
  }
}

function deliverOnce({ table, random }: World, at: number, touchesUpdatedAt: boolean): void {
  const active = table.rows().filter((row) => row.active);
  const row = active[randomBelow(random, active.length)];
  if (!row) return;
  const time = toTime(at);
  const next = {
    ...row,
    last_delivered_at: time,
    delivery_attempts: row.delivery_attempts + 1,
    updated_at: touchesUpdatedAt ? time : row.updated_at,
  };
  table.apply({ at, id: row.id, row: next, by: undefined });
}
