import { checkFlag, checkKeys } from "../checks/check-keys.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import { isInScope, parseScope } from "./scope.js";

/** The options of `planSync`. */
export interface PlanOptions {
  /**
   * The URL prefixes that the entries manage, for `prune`. A prefix ends at a boundary of the URL:
   * `https://a.example/hooks` includes `/hooks`, `/hooks/x` and `/hooks?x`, but not `/hooksx`.
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
   * Writes the secret of every entry that has one. Use it when a secret has changed: the API never
   * returns a secret, so a plan cannot detect the change.
   *
   * @default false
   */
  rotateSecrets?: boolean | undefined;
  /**
   * Accepts events that the specification does not list. The client must accept them, too.
   *
   * @default false
   */
  allowUnknownEvents?: boolean | undefined;
}

/** Options that have been checked. */
export interface CheckedPlanOptions {
  /** Whether undeclared subscriptions at an address are deleted. */
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

/** @throws {InvalidInputError} when an option is invalid, or `prune` is set without a scope. */
export function parsePlanOptions(options: unknown): CheckedPlanOptions {
  const { scope, prune, rotateSecrets, allowUnknownEvents } = checkKeys(
    "options",
    options,
    OPTIONS,
  );
  const prefixes = parseScope(scope ?? []);
  const doesPrune = checkFlag("prune", prune);
  if (doesPrune && prefixes.length === 0) {
    throw new InvalidInputError("scope", "given with `prune`: the URL prefixes to prune");
  }
  return {
    isPruned: (address) => doesPrune && isInScope(prefixes, address),
    rotateSecrets: checkFlag("rotateSecrets", rotateSecrets),
    allowUnknownEvents: checkFlag("allowUnknownEvents", allowUnknownEvents),
  };
}
