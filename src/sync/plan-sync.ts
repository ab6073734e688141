import type { EventName } from "../../generated/constants.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import { addressOf } from "../subscriptions/identity.js";
import { factsOf, toShow, type WebhookSubscription } from "../subscriptions/subscription.js";
import { type Claim, createClaim } from "./claim.js";
import { type DesiredSubscription, parseDesired } from "./desired.js";
import { fingerprintOf } from "./fingerprint.js";
import { planEntry } from "./plan-entry.js";
import { parsePlanOptions, type PlanOptions } from "./plan-options.js";
import { nameOf, whyDuplicate } from "./reason.js";
import { keepRecipe, type PlannedDelete } from "./recipe.js";
import type { SyncPlan } from "./sync-plan.js";

/**
 * Compares the declared subscriptions with the existing ones. An entry declares exactly one active
 * subscription at its URL, with exactly its events. URLs are compared as in the URL standard, without
 * their fragments. Of several active subscriptions there, the one with the lowest id that delivers some
 * of the events stays, as everywhere in this library. Other active ones are deleted; other inactive ones
 * only with `prune`.
 *
 * A plan writes a secret if none is configured, and along with every other change, since the API never
 * returns a secret to compare with.
 *
 * @param actual - the result of `linq.webhookSubscriptions.list()`.
 * @throws {InvalidInputError} when an entry or an option is invalid, or two entries have the same URL.
 *
 * @example
 * ```ts
 * import { createLinqClient } from "linq-webhooks";
 * import { planSync } from "linq-webhooks/sync";
 * import { createSandbox } from "linq-webhooks/sandbox";
 *
 * const linq = createLinqClient({ token: "any-token", fetch: createSandbox().fetch });
 * const plan = planSync(
 *   [{ webhook_url: "https://example.com/hook", events: ["message.received"] }],
 *   await linq.webhookSubscriptions.list(),
 * );
 * console.log(plan.steps.map(({ action, reason }) => `${action}: ${reason}`));
 * ```
 */
export function planSync(
  desired: readonly DesiredSubscription<EventName | (string & {})>[],
  actual: readonly WebhookSubscription[],
  options: PlanOptions & { allowUnknownEvents: true },
): SyncPlan;
export function planSync(
  desired: readonly DesiredSubscription[],
  actual: readonly WebhookSubscription[],
  options?: PlanOptions,
): SyncPlan;
export function planSync(
  desired: readonly DesiredSubscription<string>[],
  actual: readonly WebhookSubscription[],
  options: PlanOptions = {},
): SyncPlan {
  const { isPruned, rotateSecrets, allowUnknownEvents } = parsePlanOptions(options);
  const entries = parseDesired(desired, allowUnknownEvents);
  if (!Array.isArray(actual))
    throw new InvalidInputError("actual", "the array that `list` returns");
  const claim = createClaim(entries, isPruned);
  // Only known fields, since a server might return a secret in an unknown field.
  const { claims, unclaimed, concerned } = claim(toShow(actual));

  const planned = claims.map((claimed) => ({ claimed, ...planEntry(claimed, rotateSecrets) }));
  const deletes = [
    ...planned.flatMap(({ claimed, kept }) => (kept ? planFurther(claimed, kept) : [])),
    ...unclaimed.map((target) =>
      planDelete(target, `${nameOf(target)} is in the scope but not declared`, undefined),
    ),
  ];

  const fingerprint = fingerprintOf(concerned);
  const plan = { steps: [...planned, ...deletes].map(({ step }) => step), fingerprint };
  keepRecipe(plan, {
    fingerprint,
    fingerprintOf: (subscriptions) => fingerprintOf(claim(subscriptions).concerned),
    entries: planned.map(({ step, claimed }) => ({ step, entry: claimed.entry })),
    deletes,
  });
  return plan;

  /** The deletions of the subscriptions that the kept one replaces. */
  function planFurther(
    { entry, own, replaced }: Claim,
    kept: WebhookSubscription,
  ): PlannedDelete[] {
    return [...own, ...replaced].flatMap((further, index) => {
      const isLeft = further.active || isPruned(addressOf(further.webhook_url));
      if (further === kept || !isLeft) return [];
      const reason =
        index < own.length
          ? whyDuplicate(entry, further, kept)
          : `${nameOf(further)} is replaced by ${nameOf(kept)}`;
      return [planDelete(further, reason, { id: kept.id, entry })];
    });
  }
}

function planDelete(
  current: WebhookSubscription,
  reason: string,
  keeper: PlannedDelete["keeper"],
): PlannedDelete {
  const { webhook_url } = current;
  return {
    step: { action: "delete", webhook_url, reason, current },
    facts: factsOf(current),
    keeper,
  };
}
