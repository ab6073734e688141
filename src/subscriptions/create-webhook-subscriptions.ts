import { InvalidInputError } from "../errors/invalid-input-error.js";
import { SubscriptionNotFoundError } from "../errors/subscription-not-found-error.js";
import { type Call } from "../http/call.js";
import { CALL_OPTIONS, type CallOptions } from "../http/call-options.js";
import { checkFlag, checkKeys } from "../checks/check-keys.js";
import type { Http } from "../http/http.js";
import type { Context } from "./context.js";
import { create } from "./create.js";
import { createUnguarded } from "./create-unguarded.js";
import { ensure } from "./ensure.js";
import { explainMissing } from "./explain-missing.js";
import { findDuplicates } from "./find-duplicates.js";
import {
  checkSecretGiven,
  parseEnsureInput,
  parseId,
  parseInput,
  parsePatch,
  parseRotateSecretInput,
} from "./input.js";
import { hideSecrets } from "./hide-secrets.js";
import { keepInternals } from "./internals.js";
import { lockKey, withLock } from "./lock.js";
import { removeDuplicates } from "./remove-duplicates.js";
import { isMissing } from "./requests.js";
import { rotateSecret } from "./rotate-secret.js";
import { update } from "./update.js";
import type { WebhookSubscriptions } from "./webhook-subscriptions.js";

/** The largest `recheckAfter`, in ms: ten minutes. */
const MAX_RECHECK = 600_000;

/** Makes the methods of `linq.webhookSubscriptions`. */
export function createWebhookSubscriptions(
  context: Context,
  run: Http["run"],
  allowUnknownEvents: boolean,
): WebhookSubscriptions<string> {
  const { requests, lock } = context;

  const methods: WebhookSubscriptions<string> = {
    list: (options) => start(options, [], (call) => requests.list(call)),
    get: (id, options) =>
      start(options, [], async (call) => {
        const wanted = parseId(id);
        const list = await requests.list(call);
        const found = list.find((subscription) => subscription.id === wanted);
        if (!found) throw new SubscriptionNotFoundError(wanted);
        return found;
      }),
    create: (input, options) =>
      start(options, ["allowDuplicate", "recheckAfter"], async (call, own) => {
        const allowDuplicate = checkFlag("allowDuplicate", own["allowDuplicate"]);
        const recheckAfter = checkRecheckAfter(own["recheckAfter"]);
        const body = hideSecrets(call, parseInput(input, allowUnknownEvents));
        // An inactive subscription delivers nothing, so it duplicates nothing.
        if (allowDuplicate || !body.active) return createUnguarded(context, call, body);
        return withLock(lock, lockKey(body.webhook_url), call, () =>
          create(context, call, body, recheckAfter),
        );
      }),
    ensure: (input, options) =>
      start(options, ["rotateSecret", "recheckAfter"], async (call, own) => {
        const writesSecret = checkFlag("rotateSecret", own["rotateSecret"]);
        const recheckAfter = checkRecheckAfter(own["recheckAfter"]);
        const body = hideSecrets(call, parseEnsureInput(input, allowUnknownEvents));
        if (writesSecret) checkSecretGiven(body.secret);
        return withLock(lock, lockKey(body.webhook_url), call, () =>
          ensure(context, call, body, { rotateSecret: writesSecret, recheckAfter }),
        );
      }),
    update: (id, patch, options) =>
      start(options, ["allowDuplicate"], async (call, own) => {
        const allowDuplicate = checkFlag("allowDuplicate", own["allowDuplicate"]);
        const fields = hideSecrets(call, parsePatch(patch, allowUnknownEvents));
        return update(context, call, parseId(id), fields, { allowDuplicate });
      }),
    rotateSecret: (input, options) =>
      start(options, [], (call) => {
        const body = hideSecrets(call, parseRotateSecretInput(input));
        return withLock(lock, lockKey(body.webhook_url), call, () =>
          rotateSecret(context, call, body),
        );
      }),
    delete: (id, options) =>
      start(options, ["ignoreMissing"], async (call, own) => {
        const ignoreMissing = checkFlag("ignoreMissing", own["ignoreMissing"]);
        const wanted = parseId(id);
        try {
          await requests.remove(call, wanted);
        } catch (error) {
          if (!isMissing(error)) throw error;
          const explained = await explainMissing(context, call, wanted, error);
          if (!ignoreMissing || !(explained instanceof SubscriptionNotFoundError)) throw explained;
        }
      }),
    findDuplicates: (options) =>
      start(options, [], async (call) => findDuplicates(await requests.list(call))),
    removeDuplicates: (options) =>
      start(options, ["dryRun"], (call, own) =>
        removeDuplicates(context, call, checkFlag("dryRun", own["dryRun"])),
      ),
  };
  keepInternals(methods, { context, run });
  return methods;

  /** Checks the names of a method's options, including its own, and runs it as one call. */
  async function start<T>(
    options: CallOptions = {},
    ownOptions: readonly string[],
    task: (call: Call, own: Readonly<Record<string, unknown>>) => Promise<T>,
  ): Promise<T> {
    const given: CallOptions & Readonly<Record<string, unknown>> = checkKeys<unknown>(
      "options",
      options,
      [...CALL_OPTIONS, ...ownOptions],
    );
    return run(given, (call) => task(call, given));
  }
}

/** @throws {InvalidInputError} for an invalid or too long time. */
function checkRecheckAfter(value: unknown = 0): number {
  if (typeof value === "number" && value >= 0 && value <= MAX_RECHECK) return value;
  throw new InvalidInputError("recheckAfter", `a number of ms from 0 to ${MAX_RECHECK}`);
}
