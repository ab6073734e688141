import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { WebhookSubscription } from "../subscriptions/subscription.js";
import type { Entry } from "./desired.js";
import type { StepOf, SyncPlan } from "./sync-plan.js";

/** What applying a plan takes besides what the plan shows; it holds the secrets. */
export interface Recipe {
  /** Also for a plan that somebody has changed. */
  readonly fingerprint: string;
  /** The fingerprint of what concerns the plan in another list. */
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
  /** What the target was like. */
  readonly facts: string;
  /** What must be in its place first: a subscription, and the entry that it must match. */
  readonly keeper: { readonly id: number; readonly entry: Entry } | undefined;
}

/** Apart from the plans, so that no secret is in what anybody prints, logs or stores. */
const recipes = new WeakMap<object, Recipe>();

/** Keeps the recipe of a plan for as long as there is the plan. */
export function keepRecipe(plan: SyncPlan, recipe: Recipe): void {
  recipes.set(plan, recipe);
}

/** @throws {InvalidInputError} for anything but a plan that has one, copies of it included. */
export function recipeOf(plan: SyncPlan): Recipe {
  const recipe = recipes.get(plan);
  if (recipe) return recipe;
  throw new InvalidInputError("plan", "the object that `planSync` returned");
}
