import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { WebhookSubscription } from "../subscriptions/subscription.js";
import type { Entry } from "./desired.js";
import type { StepOf, SyncPlan } from "./sync-plan.js";

/** What is needed to apply a plan in addition to the plan itself; it has the secrets. */
export interface Recipe {
  /** The fingerprint of the plan, even if the caller has changed the plan object. */
  readonly fingerprint: string;
  /** The fingerprint of another list, of the subscriptions that concern the plan. */
  readonly fingerprintOf: (subscriptions: readonly WebhookSubscription[]) => string;
  /** One for each entry, in their order. */
  readonly entries: readonly PlannedEntry[];
  readonly deletes: readonly PlannedDelete[];
}

export interface PlannedEntry {
  readonly step: StepOf<"create" | "update" | "keep">;
  readonly entry: Entry;
}

export interface PlannedDelete {
  readonly step: StepOf<"delete">;
  /** The facts of the target when it was planned. */
  readonly facts: string;
  /** Its replacement, which must exist first: a subscription, and the entry that it must match. */
  readonly keeper: { readonly id: number; readonly entry: Entry } | undefined;
}

/** Kept outside the plans, so that a plan that is printed, logged or stored contains no secret. */
const recipes = new WeakMap<object, Recipe>();

/** Keeps the recipe of a plan for as long as the plan exists. */
export function keepRecipe(plan: SyncPlan, recipe: Recipe): void {
  recipes.set(plan, recipe);
}

/** @throws {InvalidInputError} for an object without a recipe, such as a copy of a plan. */
export function recipeOf(plan: SyncPlan): Recipe {
  const recipe = recipes.get(plan);
  if (recipe) return recipe;
  throw new InvalidInputError("plan", "the object that `planSync` returned");
}
