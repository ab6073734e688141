import { InvalidInputError } from "../errors/invalid-input-error.js";
import { StalePlanError } from "../errors/stale-plan-error.js";
import type { Call } from "../subscriptions/internals.js";
import { carryOn } from "../subscriptions/carry-on.js";
import { createUnguarded } from "../subscriptions/create-unguarded.js";
import { hideSecrets } from "../subscriptions/hide-secrets.js";
import type { CompleteInput } from "../subscriptions/input.js";
import { checkSpelling, post } from "../subscriptions/post.js";
import { factsOf } from "../subscriptions/subscription.js";
import { done, writeOnce } from "../subscriptions/write-once.js";
import type { Application } from "./application.js";
import { findChanges } from "./find-changes.js";
import type { PlannedEntry } from "./recipe.js";
import { reachGoal } from "./reach-goal.js";
import type { StepOf } from "./sync-plan.js";
import { writeWhileFresh } from "./write-while-fresh.js";

/**
 * Creates or updates the subscription that an entry declares, with one request if nothing goes wrong.
 *
 * @throws {InvalidInputError} for an update that needs a secret; nothing has been sent.
 * @throws {StalePlanError} when the subscription is neither as the plan found it nor as declared.
 */
export async function writeEntry(
  application: Application,
  call: Call,
  { step, entry }: PlannedEntry,
): Promise<void> {
  hideSecrets(call, entry.input);
  if (step.action === "create") await createDeclared(application, call, entry.input);
  if (step.action !== "update") return;
  const { id } = step.current;
  if (step.needsSecret) {
    const reason =
      step.current.secret_configured === false
        ? `a deleted duplicate has one, and webhook subscription ${id}, which stays, has none`
        : `webhook subscription ${id} may have one, which an update without it might clear; any new one will do`;
    throw new InvalidInputError(`${entry.name}.secret`, `given, since ${reason}`);
  }
  await updateDeclared(application, call, { step, entry });
}

async function createDeclared(
  application: Application,
  call: Call,
  input: CompleteInput,
): Promise<void> {
  const { context, first, findRespelled, confirmed } = application;
  checkSpelling(input.webhook_url, findRespelled, call);
  if (!input.active) {
    confirmed.create(await createUnguarded(context, call, input, first.list));
    return;
  }
  const isKnown = (id: number): boolean => first.find(id) !== undefined;
  const posted = await writeOnce(call, async () => {
    const result = await post(context.requests, call, input, isKnown);
    return "doubt" in result ? { end: "in doubt", error: result.doubt } : done(result.subscription);
  });
  if (posted.end === "done") confirmed.create(posted.subscription);
  else await reachGoal(application, call, input, posted);
}

async function updateDeclared(
  application: Application,
  call: Call,
  { step, entry }: { readonly step: StepOf<"update"> } & Pick<PlannedEntry, "entry">,
): Promise<void> {
  const { context, confirmed, planned, fingerprintOf } = application;
  const { id } = step.current;
  // The function below sets it, which the compiler does not see.
  let isGone = false as boolean;
  await writeWhileFresh(application, call, id, (look) => {
    const current = look.find(id);
    isGone = current === undefined;
    if (!current) return undefined;
    // Another client, or an earlier attempt without an answer, may have made the change. Secrets cannot
    // be compared.
    const isDeclared = findChanges(entry, current).length === 0;
    if (isDeclared && !step.writesSecret) return undefined;
    if (!isDeclared && factsOf(current) !== factsOf(step.current)) {
      throw new StalePlanError(planned, fingerprintOf(look.list));
    }
    // An equal URL keeps its spelling.
    const moves = step.changes.some(({ field }) => field === "webhook_url");
    const { webhook_url } = moves ? entry.input : current;
    const body = { ...carryOn(current), ...entry.input, webhook_url };
    return async (freshUntil) => {
      const written = await context.requests.put(call, current, body, freshUntil);
      confirmed.update(current, written);
      application.noteGain(current, written);
      return written;
    };
  });
  // A deleted subscription that was to be paused is not created again.
  if (isGone && entry.input.active) await reachGoal(application, call, entry.input);
}
