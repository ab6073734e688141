import type { Knobs } from "./knobs.js";
import { type Random, randomBelow } from "./random.js";

/** Where descending ids begin. */
const HIGHEST_ID = 1_000_000;
/** Random ids are below this. */
const RANDOM_LIMIT = 2 ** 31;

/** The id of the next row, given all ids that were ever used and those in use now. */
export function nextId(
  kind: Knobs["ids"],
  ever: ReadonlySet<number>,
  now: ReadonlySet<number>,
  random: Random,
): number {
  switch (kind) {
    case "ascending":
    case "text":
      return Math.max(0, ...ever) + 1;
    case "descending":
      return Math.min(HIGHEST_ID, ...ever) - 1;
    case "reused":
      return firstFree(now);
    case "random":
      return randomFree(ever, random);
  }
}

function firstFree(used: ReadonlySet<number>): number {
  let id = 1;
  while (used.has(id)) id += 1;
  return id;
}

function randomFree(used: ReadonlySet<number>, random: Random): number {
  let id: number;
  do id = 1 + randomBelow(random, RANDOM_LIMIT - 1);
  while (used.has(id));
  return id;
}
