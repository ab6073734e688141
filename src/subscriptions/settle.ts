import { DuplicateSubscriptionError } from "../errors/duplicate-subscription-error.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import { SubscriptionNotFoundError } from "../errors/subscription-not-found-error.js";
import type { Call } from "../http/call.js";
import { redactData } from "../http/redact.js";
import type { Context } from "./context.js";
import { converge, type Converged } from "./converge.js";
import { activeAt } from "./identity.js";
import type { CompleteInput } from "./input.js";
import type { WebhookSubscription } from "./subscription.js";

/** Back-off between two looks, in ms: it doubles from the base up to the limit, with full jitter. */
const PAUSE_BASE = 25;
const PAUSE_LIMIT = 2_000;

/** Which events of an input the loop is about. */
export interface Settlement {
  /** Events that must reach the URL; what is missing is posted. */
  readonly wanted: Iterable<string>;
  /** Events that must not reach it twice, besides those wanted. */
  readonly guarded: Iterable<string>;
}

/** Runs the loop for the URL of an input, with the API as its world. */
export async function settle(
  { requests, sleep, random }: Context,
  call: Call,
  input: CompleteInput,
  { wanted, guarded }: Settlement,
): Promise<Converged> {
  const { webhook_url, version, secret } = input;
  const goal = {
    wanted: new Set(wanted),
    guarded: new Set([...wanted, ...guarded]),
    version,
    needsSecret: secret !== undefined,
  };
  return converge(webhook_url, goal, {
    list: async () => activeAt(webhook_url, await requests.list(call)),
    create: async (events) => {
      await requests.post(call, { ...input, events: asStored(events) });
    },
    update: async (target, events, newVersion) => {
      if (secret === undefined && target.secret_configured !== false) {
        throw needsSecret(target, events, call);
      }
      const body = {
        ...input,
        webhook_url: target.webhook_url,
        events: asStored(events),
        version: newVersion,
      };
      await unlessGone(requests.put(call, target, body));
    },
    delete: async ({ id }) => unlessGone(requests.remove(call, id)),
    pause: (round) => sleep(random() * Math.min(PAUSE_LIMIT, PAUSE_BASE * 2 ** round), call.signal),
  });
}

/** The names as the server has them, which may be more than the specification lists. */
export function asStored(events: readonly string[]): CompleteInput["events"] {
  return events as CompleteInput["events"];
}

async function unlessGone(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    // Somebody else was faster; the next look shows what is left to do.
    if (!(error instanceof SubscriptionNotFoundError)) throw error;
  }
}

/** A PUT without the secret might clear it, so without the secret there is no PUT. */
function needsSecret(target: WebhookSubscription, kept: readonly string[], call: Call): Error {
  const sharedEvents = target.events.filter((event) => !kept.includes(event));
  if (sharedEvents.length === 0) {
    return new InvalidInputError(
      "secret",
      `given, since webhook subscription ${target.id} has one and cannot be changed without it`,
    );
  }
  return new DuplicateSubscriptionError({
    existing: redactData([target], call.redact),
    sharedEvents,
    advice:
      "so does another one, but this one has a secret and cannot be changed without it: pass `secret`, or use `update` or `delete`",
  });
}
