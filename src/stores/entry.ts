import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { Claim } from "../receiver/delivery-store.js";

/** How long to remember what was handled where nothing else is said, in ms: a week. */
export const A_WEEK = 604_800_000;

const CLAIMS: readonly unknown[] = ["claimed", "pending", "completed"] satisfies Claim[];

/**
 * Reads what a database has answered to a claim.
 *
 * @param name What the caller calls the function that has asked it.
 * @throws {InvalidInputError} for anything else than a claim.
 */
export function readClaim(answer: unknown, name: string, hint: string): Claim {
  if (CLAIMS.includes(answer)) return answer as Claim;
  throw new InvalidInputError(
    name,
    `a function that gives the answer of the database, here "claimed", "pending" or "completed": ${hint}`,
  );
}

/**
 * A key as every database takes it: one that cannot be written as UTF-8, or holds control characters,
 * is escaped as in JSON, and others stay as they are but for `"` and `\`.
 */
export function toText(key: string): string {
  return JSON.stringify(key).slice(1, -1);
}

/** The longest time that every database can add to its own, in ms: a hundred years. */
const LONGEST = 3_153_600_000_000;

/** Whole ms, and never none; what is to hold for ever holds for a hundred years. */
export function toMilliseconds(ttl: number): number {
  return Math.min(Math.ceil(ttl), LONGEST);
}
