import { SubscriptionNotFoundError } from "../errors/subscription-not-found-error.js";
import { type Call } from "../http/call.js";
import { CALL_OPTIONS, type CallOptions } from "../http/call-options.js";
import { checkFlag, checkKeys } from "../checks/check-keys.js";
import type { Http } from "../http/http.js";
import type { Context } from "./context.js";
import { create } from "./create.js";
import { createUnguarded } from "./create-unguarded.js";
import { ensure } from "./ensure.js";
import { findDuplicates } from "./find-duplicates.js";
import { parseEnsureInput, parseId, parseInput, parsePatch } from "./input.js";
import { lockKey, withLock } from "./lock.js";
import { removeDuplicates } from "./remove-duplicates.js";
import { update } from "./update.js";
import type { WebhookSubscriptions } from "./webhook-subscriptions.js";

/** Makes the methods of `linq.webhookSubscriptions`. */
export function createWebhookSubscriptions(
  context: Context,
  run: Http["run"],
  allowUnknownEvents: boolean,
): WebhookSubscriptions<string> {
  const { requests, lock } = context;

  return {
    list: (options) => start(options, undefined, (call) => requests.list(call)),
    get: (id, options) =>
      start(options, undefined, async (call) => {
        const wanted = parseId(id);
        const list = await requests.list(call);
        const found = list.find((subscription) => subscription.id === wanted);
        if (!found) throw new SubscriptionNotFoundError(wanted);
        return found;
      }),
    create: (input, options) =>
      start(options, "allowDuplicate", async (call, allowDuplicate) => {
        const body = hideSecret(call, parseInput(input, allowUnknownEvents));
        // One that is not active delivers nothing, so it duplicates nothing.
        if (allowDuplicate || !body.active) return createUnguarded(context, call, body);
        return withLock(lock, lockKey(body.webhook_url), call, () => create(context, call, body));
      }),
    ensure: (input, options) =>
      start(options, undefined, async (call) => {
        const body = hideSecret(call, parseEnsureInput(input, allowUnknownEvents));
        return withLock(lock, lockKey(body.webhook_url), call, () => ensure(context, call, body));
      }),
    update: (id, patch, options) =>
      start(options, "allowDuplicate", async (call, allowDuplicate) => {
        const fields = hideSecret(call, parsePatch(patch, allowUnknownEvents));
        return update(context, call, parseId(id), fields, allowDuplicate);
      }),
    delete: (id, options) =>
      start(options, "ignoreMissing", async (call, ignoreMissing) => {
        try {
          await requests.remove(call, parseId(id));
        } catch (error) {
          if (!ignoreMissing || !(error instanceof SubscriptionNotFoundError)) throw error;
        }
      }),
    findDuplicates: (options) =>
      start(options, undefined, async (call) => findDuplicates(await requests.list(call))),
    removeDuplicates: (options) =>
      start(options, "dryRun", (call, dryRun) => removeDuplicates(context, call, dryRun)),
  };

  /** Checks what a method takes last, of which one flag may be its own, and runs it as one call. */
  async function start<T>(
    options: CallOptions = {},
    ownFlag: string | undefined,
    task: (call: Call, flag: boolean) => Promise<T>,
  ): Promise<T> {
    const known = ownFlag === undefined ? CALL_OPTIONS : [...CALL_OPTIONS, ownFlag];
    const given = checkKeys("options", options, known);
    const flag = ownFlag !== undefined && checkFlag(ownFlag, given[ownFlag]);
    return run(options, (call) => task(call, flag));
  }
}

/** Hides the secret from the start, since a server may already know it and echo it anywhere. */
function hideSecret<Input extends { secret?: string }>(call: Call, input: Input): Input {
  if (input.secret !== undefined) call.hide(input.secret);
  return input;
}
