import { planSync, type SyncPlan } from "../../sync/index.js";
import type { WebhookSubscription } from "../../index.js";
import { toConfigError } from "./config-error.js";
import { type Config, toDesired, toDraft } from "./parse-config.js";
import type { Secrets } from "./read-secrets.js";

/**
 * Compares a file with a list. Only a secret that is to be written must be there, so that a plan that
 * writes none can be made where nobody has the secrets.
 *
 * @param rotateSecrets - whether every secret is to be written.
 * @throws {ConfigError} that names where each secret is referred to that is needed and cannot be used.
 */
export function planConfig(
  config: Config,
  { values, problems }: Secrets,
  actual: readonly WebhookSubscription[],
  rotateSecrets: boolean,
): SyncPlan {
  const { scope, prune, source } = config;
  // What the file holds has been checked, so whatever names it has are meant.
  const options = { scope, prune, rotateSecrets, allowUnknownEvents: true } as const;
  // The steps of the entries come first, in their order.
  const draft = planSync(toDraft(config), actual, options);
  const missing = draft.steps.flatMap((step, index) => {
    const problem = problems.get(index);
    return problem && step.action !== "keep" ? [problem] : [];
  });
  if (missing.length > 0) throw toConfigError(source, missing);
  const desired = toDesired(config, (_entry, index) => values.get(index));
  return planSync(desired, actual, options);
}
