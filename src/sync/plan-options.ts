import { checkFlag, checkKeys } from "../checks/check-keys.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import { isInScope, parseScope } from "./scope.js";

/** How `planSync` plans. */
export interface PlanOptions {
  /**
   * The URL prefixes that the entries are in charge of, for `prune`. A prefix ends where a part of a
   * URL does: `https://a.example/hooks` holds `/hooks`, `/hooks/x` and `/hooks?x`, not `/hooksx`.
   *
   * @default none
   */
  scope?: readonly string[] | undefined;
  /**
   * Deletes all subscriptions in the scope, active or not, that no entry declares.
   *
   * @default false
   */
  prune?: boolean | undefined;
  /**
   * Writes the secret of every entry that has one, for when it has changed: the API never gives one
   * back, so no plan can see that by itself.
   *
   * @default false
   */
  rotateSecrets?: boolean | undefined;
  /**
   * Lets events through that the specification does not list; the client must do so too.
   *
   * @default false
   */
  allowUnknownEvents?: boolean | undefined;
}

/** Options that have been checked. */
export interface CheckedPlanOptions {
  /** Whether what is at an address is deleted unless it is declared. */
  readonly isPruned: (address: string) => boolean;
  readonly rotateSecrets: boolean;
  readonly allowUnknownEvents: boolean;
}

const OPTIONS = [
  "scope",
  "prune",
  "rotateSecrets",
  "allowUnknownEvents",
] as const satisfies (keyof PlanOptions)[];

/** @throws {InvalidInputError} when an option is not usable, or prunes without a scope. */
export function parsePlanOptions(options: unknown): CheckedPlanOptions {
  const { scope, prune, rotateSecrets, allowUnknownEvents } = checkKeys(
    "options",
    options,
    OPTIONS,
  );
  const prefixes = parseScope(scope ?? []);
  const doesPrune = checkFlag("prune", prune);
  if (doesPrune && prefixes.length === 0) {
    throw new InvalidInputError("scope", "given with `prune`: the URL prefixes to delete in");
  }
  return {
    isPruned: (address) => doesPrune && isInScope(prefixes, address),
    rotateSecrets: checkFlag("rotateSecrets", rotateSecrets),
    allowUnknownEvents: checkFlag("allowUnknownEvents", allowUnknownEvents),
  };
}
