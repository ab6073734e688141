import { CreateOutcomeUnknownError } from "../errors/create-outcome-unknown-error.js";
import { maskUrls } from "../checks/mask-urls.js";
import type { LinqError } from "../errors/linq-error.js";
import type { Confirmed, Corrected, Late } from "./confirmed.js";
import { decide, type Goal, type Obstacle, type Step, type UpdateStep } from "./decide.js";
import { activeAt, addressOf, sameEvents } from "./identity.js";
import { backOff, LONGEST_PAUSE, MAX_LOOK_AGE, patience } from "./pauses.js";
import type { WebhookSubscription } from "./subscription.js";
import type { Written } from "./write-once.js";

/**
 * The effects of the loop. A write must be sent before `freshUntil`, in ms on the clock of `now`, or not
 * sent.
 */
export interface Ports {
  /** All subscriptions of the account. */
  readonly list: () => Promise<WebhookSubscription[]>;
  /** @param list The list behind the decision. */
  readonly create: (
    events: readonly string[],
    list: readonly WebhookSubscription[],
    freshUntil: number,
  ) => Promise<Written>;
  readonly update: (step: UpdateStep, freshUntil: number) => Promise<Written>;
  readonly delete: (target: WebhookSubscription, freshUntil: number) => Promise<Written>;
  /** How many updates and deletions so far are in doubt, and may land late. */
  readonly countDoubts: () => number;
  /** Whether the caller has aborted the call. */
  readonly isAborted: () => boolean;
  readonly now: () => number;
  readonly random: () => number;
  readonly pause: (ms: number) => Promise<void>;
  /** Makes the error for an obstacle. */
  readonly obstacle: (obstacle: Obstacle) => LinqError;
  /** Makes the error for a list that never shows a write. */
  readonly stale: (late: Late) => LinqError;
  /** Makes the error for steps that another writer has undone in each of `rounds` rounds. */
  readonly unsettled: (steps: readonly Step[], rounds: number) => LinqError;
}

/** The input of the loop. */
export interface Start {
  readonly webhookUrl: string;
  readonly goal: Goal;
  readonly confirmed: Confirmed;
  /** How often the loop may post again. */
  readonly maxRetries: number;
  /** How long after the last write to look once more, in ms; 0 disables this look. */
  readonly recheckAfter: number;
  /** A subscription of this URL that the call has changed, and the time until which it is not reliable. */
  readonly changed?: { readonly id: number; readonly settlesAt: number } | undefined;
  /** The result of a POST of all wanted events before the first look. */
  readonly posted?: Written | undefined;
}

/** How the loop ended. */
export interface Converged {
  readonly outcome: "created" | "updated" | "unchanged";
  /** The active subscriptions of the URL, lowest id first, as far as the call knows. */
  readonly subscriptions: WebhookSubscription[];
  /** The ids that this call has certainly created. */
  readonly created: ReadonlySet<number>;
  /** The subscriptions that it has deleted, in this order. */
  readonly deleted: readonly WebhookSubscription[];
  /** Whether it may also have created subscriptions whose ids it does not know. */
  readonly wasInDoubt: boolean;
}

/** Far more rounds than any number of replicas has needed in tests. */
const MAX_ROUNDS = 60;

/**
 * How many pauses a call that has written nothing waits for other writers to remove an obstacle that it
 * cannot remove.
 */
const PATIENCE_WITH_OTHERS = 3;

/**
 * Brings one URL to its goal: it lists, decides, acts and lists again, until nothing is left to do. It is
 * a controller and not a transaction: the next run finishes what a crash leaves half done.
 *
 * A confirmed write counts until a list shows it, so a lagging list costs extra looks but makes no
 * duplicates. While the loop can only wait, for the list or for other writers, each pause is longer than
 * the one before. A write in doubt may land late, so the loop looks once more after the longest pause
 * before it returns.
 *
 * @throws {DuplicateSubscriptionError} when events arrive twice, and the call must not or cannot fix it.
 * @throws {CreateOutcomeUnknownError} when the list does not show a posted subscription, or cannot be
 * read.
 * @throws {InvalidResponseError} when the list still shows a subscription that was deleted twice.
 */
export async function converge(start: Start, ports: Ports): Promise<Converged> {
  const { webhookUrl, goal, confirmed, maxRetries, changed } = start;
  const address = addressOf(webhookUrl);
  const guarded = new Set(goal.guarded);
  const created = new Set<number>();
  const ids = new Set(changed ? [changed.id] : []);
  const own = { ids, created, signed: new Set<number>() };
  const deleted: WebhookSubscription[] = [];
  /** The events that this call has created and not deleted; it never posts them again. */
  const added = new Map<number, readonly string[]>();
  /** Subscriptions for which a write got a 404, until the list agrees. */
  const missing = new Map<
    number,
    { readonly target: WebhookSubscription; readonly error: LinqError }
  >();
  /** How often the list did not show a write in time, by id. */
  const overdue = new Map<number, number>();
  let outcome = "unchanged" as Converged["outcome"];
  let posted: readonly string[] = [];
  let [posts, doubts, doubtsAwaited, waits] = [0, 0, 0, 0];
  let doubt: LinqError | undefined;
  let failure: LinqError | undefined;
  /** The last refusal of a post, and the events of that post. */
  let refusal:
    | {
        readonly error: LinqError;
        readonly isConflict: boolean;
        readonly events: readonly string[];
      }
    | undefined;
  let [hasYielded, isRechecked] = [false, start.recheckAfter === 0];
  let list: readonly WebhookSubscription[] = [];
  let left: readonly Step[] = [];
  let lookedAt = 0;
  // The first look after a write has no pause: it is nearly always the last one.
  let pause = 0;

  if (start.posted) {
    posted = [...goal.wanted];
    posts = 1;
    takePosted(start.posted);
  }
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const { subscriptions, late } = await look();
    const present = subscriptions.filter(({ id }) => !missing.has(id));
    const decision = decide({ ...goal, guarded }, own, present);
    const { steps } = decision;
    // A call that only deletes redundant subscriptions ignores obstacles.
    const obstacles = goal.onlyDeletes ? [] : decision.obstacles;
    const possible = steps.flatMap(toPossible);
    left = steps;
    if (failure && possible.length > 0) throw failure;
    if (possible.length > 0) {
      pause = round > 1 || doubts > 0 ? backOff(round, ports.random()) : 0;
      // In a race all clients see the same duplicates. Each first removes its own, and gives the others
      // time to remove theirs. After that, any client removes the rest.
      const ours = possible.filter((step) => "target" in step && created.has(step.target.id));
      const yields = ours.length === 0 && created.size > 0 && !hasYielded;
      hasYielded ||= yields;
      if (yields) pause = backOff(round, ports.random());
      // No caller has named these subscriptions, so each deletion needs a fresh look.
      else if (goal.onlyDeletes) await act(possible.slice(0, 1));
      else await act(ours.length > 0 ? ours : possible);
      continue;
    }
    if (steps.length > 0 && changed && ports.now() < changed.settlesAt) {
      // The steps rely on the changed subscription, which is not yet reliable.
      pause = changed.settlesAt - ports.now();
      continue;
    }
    const awaited = steps.length + obstacles.length + late.length + missing.size;
    if (awaited > 0) {
      if (isPatient(steps, obstacles, late)) continue;
      await giveUpWaiting(steps, obstacles, late);
      continue;
    }
    if (doubts + ports.countDoubts() > doubtsAwaited) {
      doubtsAwaited = doubts + ports.countDoubts();
      pause = LONGEST_PAUSE;
    } else if (changed && ports.now() < changed.settlesAt) {
      pause = changed.settlesAt - ports.now();
    } else if (!isRechecked && outcome !== "unchanged") {
      isRechecked = true;
      pause = start.recheckAfter;
    } else {
      return { outcome, subscriptions, created, deleted, wasInDoubt: doubt !== undefined };
    }
  }
  throw failure ?? ports.unsettled(left, MAX_ROUNDS);

  async function look(): Promise<Corrected> {
    try {
      if (pause > 0) await ports.pause(pause);
      pause = 0;
      list = await ports.list();
    } catch (error) {
      if (posts === 0 || ports.isAborted()) throw error;
      throw unknown("the list could not be read to look for it", error);
    }
    lookedAt = ports.now();
    for (const [id, { target }] of missing) {
      if (list.some((subscription) => subscription.id === id && subscription.active)) continue;
      missing.delete(id);
      confirmed.delete(target);
    }
    const { subscriptions, late } = confirmed.correct(list);
    return {
      subscriptions: activeAt(webhookUrl, subscriptions),
      late: late.filter(({ subscription }) => addressOf(subscription.webhook_url) === address),
    };
  }

  /** The part of a step that can be done now, as a list of at most one. */
  function toPossible(step: Step): Step[] {
    if (step.action !== "create") {
      const relies = [...step.givenUp.values()].some(({ id }) => id === changed?.id);
      return relies && changed && ports.now() < changed.settlesAt ? [] : [step];
    }
    if (missing.size > 0 || posts > maxRetries) return [];
    const confirmedEvents = new Set([...added.values()].flat());
    const events = step.events.filter((event) => !confirmedEvents.has(event));
    const isRefused = refusal !== undefined && sameEvents(refusal.events, events);
    return events.length > 0 && !isRefused ? [{ ...step, events }] : [];
  }

  /** Plans the next pause for changes that only the list or other writers can make; false after the last. */
  function isPatient(
    steps: readonly Step[],
    obstacles: readonly Obstacle[],
    late: readonly Late[],
  ): boolean {
    const waitsForOthers = obstacles.every(({ keeper }) => keeper !== undefined);
    const waitsForList =
      late.length > 0 ||
      missing.size > 0 ||
      (steps.length > 0 && (refusal === undefined || refusal.isConflict)) ||
      (outcome !== "unchanged" && waitsForOthers);
    const mayWait = waitsForList || (obstacles.length > 0 && waitsForOthers);
    const next =
      waitsForList || waits < PATIENCE_WITH_OTHERS ? patience(waits, ports.random()) : undefined;
    if (!mayWait || next === undefined) return false;
    waits++;
    pause = next;
    return true;
  }

  /** Ends a wait in vain: it settles or repeats late writes, and throws an error for the rest. */
  async function giveUpWaiting(
    steps: readonly Step[],
    obstacles: readonly Obstacle[],
    late: readonly Late[],
  ): Promise<void> {
    for (const item of late) {
      const { kind, subscription } = item;
      if (kind === "created") {
        confirmed.settle(item);
        continue;
      }
      const times = (overdue.get(subscription.id) ?? 0) + 1;
      if (times > 1) throw ports.stale(item);
      overdue.set(subscription.id, times);
      if (kind === "updated") confirmed.settle(item);
      else await ports.delete(subscription, Infinity);
      pause = LONGEST_PAUSE / 2;
    }
    if (late.length > 0) return;
    const [absent] = missing.values();
    if (absent) throw absent.error;
    const [obstacle] = obstacles;
    if (obstacle) throw ports.obstacle(obstacle);
    if (refusal && doubt) {
      throw unknown("it may still turn up, and another attempt was refused", refusal.error);
    }
    if (refusal) throw refusal.error;
    throw doubt
      ? unknown("the list does not show it", doubt)
      : unknown("the list no longer shows it", undefined);
  }

  /** Carries out steps, as long as the list is fresh and the server agrees with it. */
  async function act(steps: readonly Step[]): Promise<void> {
    // If the list has already hidden a write for the longest time, the next write gets only one look.
    if (overdue.size === 0) waits = 0;
    const freshUntil = lookedAt + MAX_LOOK_AGE;
    for (const step of steps) {
      if (ports.now() > freshUntil) return;
      // If another client was faster, the list is out of date, and a new one saves requests.
      if (!(await carryOut(step, freshUntil))) return;
    }
  }

  async function carryOut(step: Step, freshUntil: number): Promise<boolean> {
    if (step.action === "create") {
      posted = step.events;
      posts++;
      return takePosted(await create(step.events, freshUntil));
    }
    const { target } = step;
    // A failed update may have been carried out too, so this comes before it.
    if (step.action === "update") for (const event of step.events) guarded.add(event);
    const written =
      step.action === "update"
        ? await ports.update(step, freshUntil)
        : await ports.delete(target, freshUntil);
    if (written.end === "refused") missing.set(target.id, { target, error: written.error });
    // No retries are left; the next look shows whether the server carried it out.
    if (written.end === "in doubt") failure = written.error;
    if (written.end !== "done") return false;
    if (outcome === "unchanged") outcome = "updated";
    if (step.action === "update") {
      confirmed.update(target, written.subscription);
      if (added.has(target.id)) added.set(target.id, step.events);
      if (step.sendsSecret) own.signed.add(target.id);
    } else {
      confirmed.delete(target);
      added.delete(target.id);
      deleted.push(target);
    }
    return true;
  }

  function takePosted(written: Written): boolean {
    if (written.end === "done") {
      const { id, events } = written.subscription;
      confirmed.create(written.subscription);
      for (const set of [created, ids]) set.add(id);
      if (goal.hasSecret) own.signed.add(id);
      added.set(id, events);
      outcome = "created";
      return true;
    }
    if (written.end === "postponed") posts--;
    if (written.end === "refused") refusal = { ...written, events: posted };
    if (written.end === "in doubt") {
      outcome = "created";
      doubts++;
      doubt = written.error;
      pause = backOff(doubts, ports.random());
      return true;
    }
    return false;
  }

  async function create(events: readonly string[], freshUntil: number): Promise<Written> {
    try {
      return await ports.create(events, list, freshUntil);
    } catch (error) {
      // The refusal of this POST says nothing about the one before, which is in doubt.
      if (doubt === undefined || ports.isAborted()) throw error;
      throw unknown("it may still turn up, and another attempt was refused", error);
    }
  }

  function unknown(seen: string, cause: unknown): LinqError {
    const options = cause === undefined ? {} : { cause };
    return new CreateOutcomeUnknownError(maskUrls(webhookUrl), posted, seen, options);
  }
}
