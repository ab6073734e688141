import { type PlanOptions, planSync, type SyncPlan } from "../../sync/index.js";
import type { WebhookSubscription } from "../../index.js";
import { toConfigError } from "./config-error.js";
import { type Config, toDesired, toDraft } from "./parse-config.js";
import type { Secrets } from "./read-secrets.js";

/**
 * Compares a file with a list. It reads no secrets, and assumes that all of them are available.
 *
 * @param rotateSecrets - whether the plan writes every secret.
 */
export function draftPlan(
  config: Config,
  actual: readonly WebhookSubscription[],
  rotateSecrets: boolean,
): SyncPlan {
  return planSync(toDraft(config), actual, optionsOf(config, rotateSecrets));
}

/**
 * {@link draftPlan} with the secrets, ready to apply. Only secrets that the plan writes are required.
 *
 * @throws {ConfigError} with the place of each required secret that cannot be used.
 */
export function planConfig(
  config: Config,
  { values, problems }: Secrets,
  actual: readonly WebhookSubscription[],
  rotateSecrets: boolean,
): SyncPlan {
  // The steps of the entries come first, in their order.
  const draft = draftPlan(config, actual, rotateSecrets);
  const missing = draft.steps.flatMap((step, index) => {
    const problem = problems.get(index);
    return problem && step.action !== "keep" ? [problem] : [];
  });
  if (missing.length > 0) throw toConfigError(config.source, missing);
  const desired = toDesired(config, (_entry, index) => values.get(index));
  return planSync(desired, actual, optionsOf(config, rotateSecrets));
}

function optionsOf(
  { scope, prune }: Config,
  rotateSecrets: boolean,
): PlanOptions & { allowUnknownEvents: true } {
  // The names of events in the file have been checked already.
  return { scope, prune, rotateSecrets, allowUnknownEvents: true };
}
