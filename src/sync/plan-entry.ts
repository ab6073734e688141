import { findKeeper } from "../subscriptions/identity.js";
import type { WebhookSubscription } from "../subscriptions/subscription.js";
import type { Claim } from "./claim.js";
import type { Entry } from "./desired.js";
import { findChanges } from "./find-changes.js";
import { nameOf, whyUpdate } from "./reason.js";
import type { PlannedEntry } from "./recipe.js";
import type { StepOf } from "./sync-plan.js";

/** The plan for an entry. */
export interface EntryPlan {
  readonly step: PlannedEntry["step"];
  /** The subscription that stays; undefined if one is created. */
  readonly kept: WebhookSubscription | undefined;
}

/** Decides which of the claimed subscriptions stays, and what to write to it. */
export function planEntry({ entry, own, replaced }: Claim, rotateSecrets: boolean): EntryPlan {
  const { secret, ...input } = entry.input;
  const { webhook_url } = input;
  const kept = choose(entry, own.length > 0 ? own : replaced);
  if (!kept) {
    const reason = "nothing is at this URL yet";
    const writesSecret = secret !== undefined;
    return { step: { action: "create", webhook_url, reason, input, writesSecret }, kept };
  }

  const changes = findChanges(entry, kept);
  // A receiver that checks signatures may rely on the secret of a subscription that will be deleted.
  const losesSecret =
    kept.secret_configured !== true &&
    own.some((other) => other !== kept && other.active && other.secret_configured === true);
  const writesSecret = secret !== undefined && (rotateSecrets || kept.secret_configured !== true);
  if (writesSecret || losesSecret) changes.push({ field: "secret" });
  if (changes.length === 0) {
    const reason = `${nameOf(kept)} is as declared`;
    return { step: { action: "keep", webhook_url, reason, current: kept, input }, kept };
  }
  const needsSecret = secret === undefined && (losesSecret || kept.secret_configured !== false);
  const step: StepOf<"update"> = {
    action: "update",
    webhook_url,
    reason: whyUpdate(kept, changes, needsSecret),
    current: kept,
    changes,
    input,
    writesSecret: secret !== undefined,
    needsSecret,
  };
  return { step, kept };
}

/**
 * The subscription that stays, by the rule that all writes share. If none is active, one that is already
 * as declared is preferred, since otherwise each plan might choose a different paused subscription.
 */
function choose(
  entry: Entry,
  candidates: readonly WebhookSubscription[],
): WebhookSubscription | undefined {
  const { events, secret } = entry.input;
  const lowestFirst = [...candidates].sort((a, b) => a.id - b.id);
  const declared = lowestFirst.filter((candidate) => findChanges(entry, candidate).length === 0);
  return (
    findKeeper(events, candidates) ??
    declared.find(({ secret_configured }) => secret === undefined || secret_configured === true) ??
    declared[0] ??
    lowestFirst[0]
  );
}
