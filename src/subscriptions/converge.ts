import { CreateOutcomeUnknownError } from "../errors/create-outcome-unknown-error.js";
import { DuplicateSubscriptionError } from "../errors/duplicate-subscription-error.js";
import { decide, type Goal, type Step } from "./decide.js";
import type { WebhookSubscription } from "./subscription.js";

/** What the loop does to the world. */
export interface Ports {
  /** The active subscriptions of the URL, lowest id first. */
  list(): Promise<WebhookSubscription[]>;
  create(events: readonly string[]): Promise<void>;
  /** Writes the target with these events and this version; one that is gone is no error. */
  update(target: WebhookSubscription, events: readonly string[], version: number): Promise<void>;
  /** Deletes the target; one that is gone is no error. */
  delete(target: WebhookSubscription): Promise<void>;
  /** Waits before a round, the longer the later it is. */
  pause(round: number): Promise<void>;
}

/** How the loop ended. */
export interface Converged {
  readonly outcome: "created" | "updated" | "unchanged";
  /** The active subscriptions of the URL, as last seen. */
  readonly subscriptions: WebhookSubscription[];
}

/** Far more rounds than any number of replicas has been seen to need. */
const MAX_ROUNDS = 40;

/** How often the same call posts: once, and again when the list does not show it. */
const MAX_POSTS = 3;

/**
 * Brings one URL to its goal: list, decide, act, look again, until nothing is left to do. It is a
 * controller and not a transaction: what a crash leaves half done, the next run finishes.
 *
 * @throws {DuplicateSubscriptionError} when events still arrive twice after all rounds.
 * @throws {CreateOutcomeUnknownError} when what was posted has not shown up after all rounds.
 */
export async function converge(webhookUrl: string, goal: Goal, ports: Ports): Promise<Converged> {
  const guarded = new Set(goal.guarded);
  let outcome: Converged["outcome"] = "unchanged";
  let posts = 0;
  for (let round = 0; ; round++) {
    // The first look after writing comes at once: nearly always it is also the last one.
    if (round > 1) await ports.pause(round);
    const subscriptions = await ports.list();
    const steps = decide({ ...goal, guarded }, subscriptions);
    if (steps.length === 0) return { outcome, subscriptions };
    if (round === MAX_ROUNDS) throw unsettled(steps);
    for (const step of steps) {
      if (step.action === "create") {
        if (posts++ === MAX_POSTS) throw neverShown(webhookUrl, step.events);
        await ports.create(step.events);
        outcome = "created";
        continue;
      }
      if (step.action === "delete") {
        await ports.delete(step.target);
      } else {
        for (const event of step.events) guarded.add(event);
        await ports.update(step.target, step.events, step.version);
      }
      if (outcome === "unchanged") outcome = "updated";
    }
  }
}

function neverShown(webhookUrl: string, events: readonly string[]): Error {
  return new CreateOutcomeUnknownError(webhookUrl, events, "the list does not show it");
}

function unsettled(steps: readonly Step[]): Error {
  const writes = steps.filter((step) => step.action !== "create");
  return new DuplicateSubscriptionError({
    existing: writes.map(({ target }) => target),
    sharedEvents: [...new Set(writes.flatMap(({ givenUp }) => givenUp))],
    advice: `something else has undone every change for ${MAX_ROUNDS} rounds; find out what else writes to this URL`,
  });
}
