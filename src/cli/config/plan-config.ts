import { type PlanOptions, planSync, type SyncPlan } from "../../sync/index.js";
import type { WebhookSubscription } from "../../index.js";
import { toConfigError } from "./config-error.js";
import { type Config, toDesired, toDraft } from "./parse-config.js";
import type { Secrets } from "./read-secrets.js";

/**
 * Compares a file with a list, as if all its secrets were there, none of which is read.
 *
 * @param rotateSecrets - whether every secret is to be written.
 */
export function draftPlan(
  config: Config,
  actual: readonly WebhookSubscription[],
  rotateSecrets: boolean,
): SyncPlan {
  return planSync(toDraft(config), actual, optionsOf(config, rotateSecrets));
}

/**
 * {@link draftPlan} with the secrets, to be applied. Only those that are to be written must be there.
 *
 * @throws {ConfigError} that names where each secret is referred to that is needed and cannot be used.
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
  // What the file holds has been checked, so whatever names it has are meant.
  return { scope, prune, rotateSecrets, allowUnknownEvents: true };
}
