import { CreateOutcomeUnknownError } from "../errors/create-outcome-unknown-error.js";
import { DuplicateSubscriptionError } from "../errors/duplicate-subscription-error.js";
import type { LinqError } from "../errors/linq-error.js";
import type { Redact } from "../checks/redact.js";
import {
  type CreateStep,
  decide,
  type DeleteStep,
  type Goal,
  type Step,
  type UpdateStep,
} from "./decide.js";
import { toShow, type WebhookSubscription } from "./subscription.js";

/** What the loop does to the world. */
export interface Ports {
  /** The active subscriptions of the URL, lowest id first. */
  readonly list: () => Promise<WebhookSubscription[]>;
  /** Posts a subscription and gives its id, or the error that leaves in doubt whether there is one. */
  readonly create: (events: readonly string[]) => Promise<number | LinqError>;
  /** Carries the step out; false if its target is gone. */
  readonly update: (step: UpdateStep) => Promise<boolean>;
  /** Carries the step out; false if its target is gone. */
  readonly delete: (step: DeleteStep) => Promise<boolean>;
  /** Whether the caller wants no more of it. */
  readonly isAborted: () => boolean;
  /** Hides in a text what an error may not show. */
  readonly redact: Redact;
  /** How many updates and deletions so far may land later than they should. */
  readonly countDoubts: () => number;
  /** Waits before a round, the longer the later it is; `Infinity` is the longest wait there is. */
  readonly pause: (round: number) => Promise<void>;
}

/** How the loop ended. */
export interface Converged {
  readonly outcome: "created" | "updated" | "unchanged";
  /** The active subscriptions of the URL, as last seen. */
  readonly subscriptions: WebhookSubscription[];
  /** The ids that this call has created for certain. */
  readonly created: readonly number[];
  /** Whether it may also have created some whose ids it was not told. */
  readonly wasInDoubt: boolean;
}

/** Far more rounds than any number of replicas has been seen to need. */
const MAX_ROUNDS = 60;

/**
 * Brings one URL to its goal: list, decide, act, look again, until nothing is left to do. It is a
 * controller and not a transaction: what a crash leaves half done, the next run finishes.
 *
 * A write in doubt may land late. So the loop waits before it looks for it, posts again what has not
 * turned up, and takes one more look after the longest wait before it says that all is well.
 *
 * @throws {DuplicateSubscriptionError} when events still arrive twice after all rounds.
 * @throws {CreateOutcomeUnknownError} when what was posted has not turned up after `maxPosts` posts,
 * or the list cannot be had to look for it.
 */
export async function converge(
  webhookUrl: string,
  goal: Goal,
  ports: Ports,
  maxPosts: number,
): Promise<Converged> {
  const guarded = new Set(goal.guarded);
  const created: number[] = [];
  let outcome: Converged["outcome"] = "unchanged";
  let posted: readonly string[] = [];
  let posts = 0;
  let unconfirmed: number | undefined;
  let doubt: LinqError | undefined;
  let doubts = 0;
  let doubtsAwaited = 0;
  // The first look after a write comes at once: nearly always it is also the last one.
  let pauseFor: number | undefined;
  let steps: Step[] = [];
  let hasYielded = false;

  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const subscriptions = await look();
    if (isLate(subscriptions)) {
      doubts++;
      pauseFor = round;
      continue;
    }
    const left = decide({ ...goal, guarded }, subscriptions);
    steps = left.filter(({ action }) => action !== "create" || posts < maxPosts);
    if (steps.length === 0) {
      if (doubts + ports.countDoubts() > doubtsAwaited) {
        doubtsAwaited = doubts + ports.countDoubts();
        pauseFor = Infinity;
        continue;
      }
      if (left.length > 0) throw unknown("the list does not show it", doubt);
      return { outcome, subscriptions, created, wasInDoubt: doubt !== undefined };
    }
    // In a race everybody sees the same twins. Each heals his own first, and gives the others a moment
    // to heal theirs; what is left then is anybody's.
    const own = steps.filter((step) => "target" in step && created.includes(step.target.id));
    if (own.length === 0 && created.length > 0 && !hasYielded) {
      hasYielded = true;
      pauseFor = round;
      continue;
    }
    for (const step of own.length > 0 ? own : steps) {
      // Where somebody else was faster, the list is old; a new one saves the rest of the detour.
      if (!(await act(step))) break;
    }
    if (round > 1 || doubts > 0) pauseFor = round;
  }
  throw unsettled(steps, ports);

  async function look(): Promise<WebhookSubscription[]> {
    try {
      if (pauseFor !== undefined) await ports.pause(pauseFor);
      return await ports.list();
    } catch (error) {
      if (posts === 0 || ports.isAborted()) throw error;
      throw unknown("the list could not be had to look for it", error);
    }
  }

  /** Whether the list should show what was just created and does not, with nobody to blame for it. */
  function isLate(subscriptions: readonly WebhookSubscription[]): boolean {
    const id = unconfirmed;
    unconfirmed = undefined;
    if (id === undefined || subscriptions.some((subscription) => subscription.id === id)) {
      return false;
    }
    // Where lower ids deliver its events, somebody has rightly taken it away.
    const lower = subscriptions.filter((subscription) => subscription.id < id);
    return !posted.every((event) => lower.some(({ events }) => events.includes(event)));
  }

  /** Carries out a step; false if it has come too late. */
  async function act(step: Step): Promise<boolean> {
    if (step.action === "create") {
      posts++;
      posted = step.events;
      outcome = "created";
      const result = await create(step);
      if (typeof result === "number") {
        created.push(result);
        unconfirmed = result;
      } else {
        doubts++;
        doubt = result;
      }
      return true;
    }
    // Also one that fails may have been carried out, so this comes first.
    if (step.action === "update") for (const event of step.events) guarded.add(event);
    const isDone = await (step.action === "update" ? ports.update(step) : ports.delete(step));
    if (isDone && outcome === "unchanged") outcome = "updated";
    return isDone;
  }

  async function create({ events }: CreateStep): Promise<number | LinqError> {
    try {
      return await ports.create(events);
    } catch (error) {
      // That this one was refused does not tell what has become of the one before.
      if (doubt === undefined || ports.isAborted()) throw error;
      throw unknown("it may still turn up, and another attempt was refused", error);
    }
  }

  function unknown(seen: string, cause: unknown): Error {
    return new CreateOutcomeUnknownError(webhookUrl, posted, seen, { cause });
  }
}

function unsettled(steps: readonly Step[], { redact }: Ports): Error {
  const writes = steps.filter((step) => step.action !== "create");
  return new DuplicateSubscriptionError({
    existing: toShow(
      writes.map(({ target }) => target),
      redact,
    ),
    sharedEvents: [...new Set(writes.flatMap(({ givenUp }) => givenUp))].map(redact),
    advice: `something else has undone every change for ${MAX_ROUNDS} rounds; find out what else writes to this URL`,
  });
}
