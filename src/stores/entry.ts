import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { Claim } from "../receiver/delivery-store.js";

/** How long to remember handled events by default, in ms: one week. */
export const A_WEEK = 604_800_000;

const CLAIMS: readonly unknown[] = ["claimed", "pending", "completed"] satisfies Claim[];

/**
 * Reads the answer of a database to a claim.
 *
 * @param name - the parameter that errors name: the function that queried the database.
 * @param hint - how to correct that function.
 * @throws {InvalidInputError} when the answer is not a {@link Claim}.
 */
export function readClaim(answer: unknown, name: string, hint: string): Claim {
  if (CLAIMS.includes(answer)) return answer as Claim;
  throw new InvalidInputError(
    name,
    `a function that returns the database's answer, here "claimed", "pending" or "completed": ${hint}`,
  );
}

/**
 * A key in a form that every database accepts. Control characters, `"`, `\` and everything that UTF-8
 * cannot encode are escaped as in JSON.
 */
export function toText(key: string): string {
  return JSON.stringify(key).slice(1, -1);
}

/** The longest time that every database can add to its clock, in ms: a hundred years. */
const LONGEST = 3_153_600_000_000;

/** A whole number of ms, rounded up; an infinite time becomes a hundred years. */
export function toMilliseconds(ttl: number): number {
  return Math.min(Math.ceil(ttl), LONGEST);
}
