import { ownMembers } from "../checks/own-members.js";
import { type Call, isAborted } from "../http/call.js";
import { isInDoubt } from "../http/retry.js";
import type { Context } from "./context.js";
import { carryOn } from "./carry-on.js";
import { type Confirmed, createConfirmed } from "./confirmed.js";
import { converge, type Converged, type Ports, type Start } from "./converge.js";
import type { Goal } from "./decide.js";
import type { CompleteInput } from "./input.js";
import { asStored } from "./input-fields.js";
import { obstacleError, unsettledError } from "./obstacle.js";
import { checkSpelling, post } from "./post.js";
import { findDifferences } from "./read-written.js";
import { createSpellingSearch } from "./spelling.js";
import type { WebhookSubscription } from "./subscription.js";
import { done, writeOnce } from "./write-once.js";

/** The state that the loop must reach for the URL of an input. */
export interface Settlement extends Partial<
  Pick<Start, "changed" | "posted" | "recheckAfter"> & Pick<Goal, "signs" | "onlyDeletes">
> {
  /** The events that must reach the URL, and the version of their subscriptions. The loop posts missing events. */
  readonly wanted?: { readonly events: Iterable<string>; readonly version: number | undefined };
  /** Further events that must not reach the URL twice. */
  readonly guarded?: Iterable<string>;
  /** A list that has just been read. */
  readonly list?: WebhookSubscription[] | undefined;
  /** The writes of the call so far. */
  readonly confirmed?: Confirmed;
}

/** Runs the loop for the URL of an input against the API. */
export async function convergeUrl(
  { requests, clock }: Context,
  call: Call,
  input: Pick<CompleteInput, "webhook_url" | "secret"> & Partial<CompleteInput>,
  given: Settlement,
): Promise<Converged> {
  const settlement = ownMembers(given);
  const { webhook_url, secret, ...rest } = ownMembers(input);
  const { version = 2 } = rest;
  const { wanted, guarded = [], confirmed = createConfirmed() } = settlement;
  const events = new Set(wanted?.events);
  // The settings that subscriptions to wanted events get with the version.
  const settings = wanted?.version && { ...rest, events: undefined, version: undefined };
  const goal: Goal = {
    wanted: events,
    guarded: new Set([...events, ...guarded]),
    version: wanted?.version,
    differs: (target) => findDifferences(target, { ...settings }).length > 0,
    hasSecret: secret !== undefined,
    signs: settlement.signs ?? "none",
    onlyDeletes: settlement.onlyDeletes ?? false,
  };
  let firstList = settlement.list;

  const ports: Ports = {
    list: async () => {
      const list = firstList ?? (await requests.list(call));
      firstList = undefined;
      return list;
    },
    create: async (names, list, freshUntil) => {
      checkSpelling(webhook_url, createSpellingSearch(list), call);
      // A call with wanted events has a complete input.
      const body = { ...input, version, active: true, events: asStored(names) } as CompleteInput;
      const isKnown = (id: number): boolean => list.some((known) => known.id === id);
      return writeOnce(call, async () => {
        const posted = await post(requests, call, body, isKnown, freshUntil);
        return "doubt" in posted
          ? { end: "in doubt", error: posted.doubt }
          : done(posted.subscription);
      });
    },
    update: async ({ target, events: names, version: newVersion, sendsSecret }, freshUntil) => {
      const isWanted = names.some((event) => events.has(event));
      const body = {
        ...carryOn(target),
        ...(isWanted && settings),
        events: asStored(names),
        version: newVersion,
        ...(secret !== undefined && sendsSecret && { secret }),
      };
      return writeOnce(call, async () => done(await requests.put(call, target, body, freshUntil)));
    },
    delete: async (target, freshUntil) => {
      return writeOnce(call, async () => {
        await requests.remove(call, target.id, freshUntil);
        return done(target);
      });
    },
    countDoubts: () =>
      call.attempts.filter(
        (attempt) => ["PUT", "DELETE"].includes(attempt.method) && isInDoubt(attempt),
      ).length,
    isAborted: () => isAborted(call),
    now: clock.now,
    random: clock.random,
    pause: (ms) => clock.sleep(ms, call.getSignal()),
    obstacle: (obstacle) => obstacleError(obstacle, call.redact),
    stale: (late) => requests.staleList(call, late),
    unsettled: (steps, rounds) => unsettledError(steps, rounds, call.redact),
  };
  const { recheckAfter = 0, changed, posted } = settlement;
  return converge(
    {
      webhookUrl: webhook_url,
      goal,
      confirmed,
      maxRetries: call.maxRetries,
      recheckAfter,
      changed,
      posted,
    },
    ports,
  );
}
