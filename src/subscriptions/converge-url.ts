import { DuplicateSubscriptionError } from "../errors/duplicate-subscription-error.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import { SubscriptionNotFoundError } from "../errors/subscription-not-found-error.js";
import { type Call, isAborted } from "../http/call.js";
import { isInDoubt } from "../http/retry.js";
import type { Context } from "./context.js";
import { converge, type Converged, type Ports } from "./converge.js";
import { activeAt } from "./identity.js";
import type { DeleteStep, UpdateStep } from "./decide.js";
import { asStored, type CompleteInput } from "./input.js";
import { LONGEST_PAUSE, post } from "./post.js";
import { toShow, type WebhookSubscription } from "./subscription.js";

/** Back-off between two looks, in ms: it doubles from the base up to the limit, with full jitter. */
const PAUSE_BASE = 50;
const PAUSE_LIMIT = 2_000;

/** What the loop is to reach for the URL of an input. */
export interface Settlement {
  /** Events that must reach the URL, and of subscriptions of which version; what is missing is posted. */
  readonly wanted?: { readonly events: Iterable<string>; readonly version: number | undefined };
  /** Events that must not reach it twice, besides those wanted. */
  readonly guarded?: Iterable<string>;
  /** A list that has just been read. */
  readonly list?: WebhookSubscription[];
}

/** Runs the loop for the URL of an input, with the API as its world. */
export async function convergeUrl(
  { requests, clock }: Context,
  call: Call,
  input: CompleteInput,
  { wanted, guarded = [], list }: Settlement,
): Promise<Converged> {
  const { webhook_url, secret } = input;
  const events = new Set(wanted?.events);
  const goal = {
    wanted: events,
    guarded: new Set([...events, ...guarded]),
    version: wanted?.version,
    needsSecret: secret !== undefined,
  };
  let firstList = list;

  const ports: Ports = {
    list: async () => {
      const subscriptions = firstList ?? (await requests.list(call));
      firstList = undefined;
      return activeAt(webhook_url, subscriptions);
    },
    create: async (names) => {
      const result = await post(requests, call, { ...input, events: asStored(names) });
      return "doubt" in result ? result.doubt : result.subscription.id;
    },
    update: async (step) => {
      const { target, events: names, version } = step;
      if (secret === undefined && target.secret_configured !== false) throw refuse(step, call);
      const { webhook_url: url, secret_configured } = target;
      const kept = { webhook_url: url, events: asStored(names), version, active: true };
      // One that covers nothing gets no secret that it did not have: its receiver may not know it.
      const isSigned = secret_configured !== false || names.some((name) => events.has(name));
      const body = secret !== undefined && isSigned ? { ...kept, secret } : kept;
      return isThere(requests.put(call, target, body));
    },
    delete: async (step) => {
      if (secret === undefined && step.losesSignature) throw refuse(step, call);
      return isThere(requests.remove(call, step.target.id));
    },
    isAborted: () => isAborted(call),
    redact: call.redact,
    countDoubts: () =>
      call.attempts.filter(
        (attempt) => ["PUT", "DELETE"].includes(attempt.method) && isInDoubt(attempt),
      ).length,
    pause: (round) => {
      const backOff = clock.random() * Math.min(PAUSE_LIMIT, PAUSE_BASE * 2 ** round);
      return clock.sleep(round === Infinity ? LONGEST_PAUSE : backOff, call.signal);
    },
  };
  return converge(webhook_url, goal, ports, 1 + call.maxRetries);
}

/** Whether a write has found its target, which somebody else may have deleted. */
async function isThere(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof SubscriptionNotFoundError) return false;
    throw error;
  }
}

/**
 * What is not done without the secret: a PUT, which might clear it, and giving up signed deliveries
 * for others that are not signed, which a receiver that checks signatures would refuse.
 */
function refuse({ target, givenUp }: UpdateStep | DeleteStep, call: Call): Error {
  if (givenUp.length === 0) {
    return new InvalidInputError(
      "secret",
      `given, since webhook subscription ${target.id} has one and cannot be changed without it`,
    );
  }
  return new DuplicateSubscriptionError({
    existing: toShow([target], call.redact),
    sharedEvents: givenUp.map(call.redact),
    advice:
      "so does another one, but this one has a secret and cannot give way without it: pass `secret` to `ensure`, or use `update` or `delete`",
  });
}
