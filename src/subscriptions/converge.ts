import { CreateOutcomeUnknownError } from "../errors/create-outcome-unknown-error.js";
import { maskUrls } from "../checks/mask-urls.js";
import type { LinqError } from "../errors/linq-error.js";
import type { Confirmed, Corrected, Late } from "./confirmed.js";
import { decide, type Goal, type Obstacle, type Step, type UpdateStep } from "./decide.js";
import { activeAt, addressOf, sameEvents } from "./identity.js";
import { backOff, LONGEST_PAUSE, MAX_LOOK_AGE, patience } from "./pauses.js";
import type { WebhookSubscription } from "./subscription.js";
import type { Written } from "./write-once.js";

/** What the loop does to the world; writes must go out before the time in ms of `now`, or not at all. */
export interface Ports {
  /** All subscriptions of the account. */
  readonly list: () => Promise<WebhookSubscription[]>;
  /** @param list The list on which it rests. */
  readonly create: (
    events: readonly string[],
    list: readonly WebhookSubscription[],
    freshUntil: number,
  ) => Promise<Written>;
  readonly update: (step: UpdateStep, freshUntil: number) => Promise<Written>;
  readonly delete: (target: WebhookSubscription, freshUntil: number) => Promise<Written>;
  /** How many updates and deletions so far may land later than they should. */
  readonly countDoubts: () => number;
  /** Whether the caller wants no more of it. */
  readonly isAborted: () => boolean;
  readonly now: () => number;
  readonly random: () => number;
  readonly pause: (ms: number) => Promise<void>;
  /** Makes the error for what stands in the way. */
  readonly obstacle: (obstacle: Obstacle) => LinqError;
  /** Makes the error for a list that does not change any more. */
  readonly stale: (late: Late) => LinqError;
  /** Makes the error for steps that were undone again and again, for so many rounds. */
  readonly unsettled: (steps: readonly Step[], rounds: number) => LinqError;
}

/** What a call brings along into the loop. */
export interface Start {
  readonly webhookUrl: string;
  readonly goal: Goal;
  readonly confirmed: Confirmed;
  /** How many posts may end in doubt and be followed by another. */
  readonly maxRetries: number;
  /** In ms, how long after the last write to look once more; 0 for not at all. */
  readonly recheckAfter: number;
  /** A subscription of this URL that the call has changed, and until when nobody may rely on it. */
  readonly changed?: { readonly id: number; readonly settlesAt: number } | undefined;
  /** How a POST of all that is wanted has ended, before the first look. */
  readonly posted?: Written | undefined;
}

/** How the loop ended. */
export interface Converged {
  readonly outcome: "created" | "updated" | "unchanged";
  /** The active subscriptions of the URL, lowest id first, for all that the call knows. */
  readonly subscriptions: WebhookSubscription[];
  /** The ids that this call has created for certain. */
  readonly created: ReadonlySet<number>;
  /** What it has deleted, in this order. */
  readonly deleted: readonly WebhookSubscription[];
  /** Whether it may also have created some whose ids it was not told. */
  readonly wasInDoubt: boolean;
}

/** Far more rounds than any number of replicas has been seen to need. */
const MAX_ROUNDS = 60;

/** How many pauses to wait for others to take away what this call, which has written nothing, cannot. */
const PATIENCE_WITH_OTHERS = 3;

/**
 * Brings one URL to its goal: list, decide, act, look again, until nothing is left to do. It is a
 * controller and not a transaction: what a crash leaves half done, the next run finishes.
 *
 * What the server has confirmed holds until a list shows it, so a list that lags costs looks and no
 * duplicates. Where there is nothing to do but to wait, for the list or for others, it waits a little
 * longer each time. A write in doubt may land late: so the loop takes one more look after the longest
 * pause before it says that all is well.
 *
 * @throws {DuplicateSubscriptionError} when events arrive twice, and the call may not or cannot help it.
 * @throws {CreateOutcomeUnknownError} when what was posted has not turned up, or the list cannot be
 * had to look for it.
 * @throws {InvalidResponseError} when the list still shows what was deleted twice.
 */
export async function converge(start: Start, ports: Ports): Promise<Converged> {
  const { webhookUrl, goal, confirmed, maxRetries, changed } = start;
  const address = addressOf(webhookUrl);
  const guarded = new Set(goal.guarded);
  const created = new Set<number>();
  const ids = new Set(changed ? [changed.id] : []);
  const own = { ids, created, signed: new Set<number>() };
  const deleted: WebhookSubscription[] = [];
  /** What this call has created and not taken back: it is never posted again. */
  const added = new Map<number, readonly string[]>();
  /** What a write was told is not there, until the list agrees. */
  const missing = new Map<
    number,
    { readonly target: WebhookSubscription; readonly error: LinqError }
  >();
  /** How often a write was not seen to take effect in time. */
  const overdue = new Map<number, number>();
  let outcome = "unchanged" as Converged["outcome"];
  let posted: readonly string[] = [];
  let [posts, doubts, doubtsAwaited, waits] = [0, 0, 0, 0];
  let doubt: LinqError | undefined;
  let failure: LinqError | undefined;
  /** The last refusal of a post, and of what. */
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
  // The first look after a write comes at once: nearly always it is also the last one.
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
    // Whoever only deletes what is redundant has asked for no more.
    const obstacles = goal.onlyDeletes ? [] : decision.obstacles;
    const possible = steps.flatMap(toPossible);
    left = steps;
    if (failure && possible.length > 0) throw failure;
    if (possible.length > 0) {
      pause = round > 1 || doubts > 0 ? backOff(round, ports.random()) : 0;
      // In a race everybody sees the same twins. Each heals his own first, and gives the others a moment
      // to heal theirs; what is left then is anybody's.
      const ours = possible.filter((step) => "target" in step && created.has(step.target.id));
      const yields = ours.length === 0 && created.size > 0 && !hasYielded;
      hasYielded ||= yields;
      if (yields) pause = backOff(round, ports.random());
      // Whoever takes away what nobody has asked for by name looks again before each.
      else if (goal.onlyDeletes) await act(possible.slice(0, 1));
      else await act(ours.length > 0 ? ours : possible);
      continue;
    }
    if (steps.length > 0 && changed && ports.now() < changed.settlesAt) {
      // They rely on what this call has changed, and may once that has settled.
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
      throw unknown("the list could not be had to look for it", error);
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

  /** What of a step can be done now, as a list of one or none. */
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

  /** Plans the next of the pauses to wait for what is not to be changed from here; false after the last. */
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

  /** Does what is left when waiting was in vain: what is late is believed no more, the rest is an error. */
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
      : unknown("the list does not show it any more", undefined);
  }

  /** Carries out steps, as long as the list is fresh and they find what it shows. */
  async function act(steps: readonly Step[]): Promise<void> {
    // Where a list has already kept a write waiting for the longest time, the next one gets one look.
    if (overdue.size === 0) waits = 0;
    const freshUntil = lookedAt + MAX_LOOK_AGE;
    for (const step of steps) {
      if (ports.now() > freshUntil) return;
      // Where somebody else was faster, the list is old; a new one saves the rest of the detour.
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
    // Also one that fails may have been carried out, so this comes first.
    if (step.action === "update") for (const event of step.events) guarded.add(event);
    const written =
      step.action === "update"
        ? await ports.update(step, freshUntil)
        : await ports.delete(target, freshUntil);
    if (written.end === "refused") missing.set(target.id, { target, error: written.error });
    // It has been tried as often as may be; the next look tells whether it was carried out.
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
      // That this one was refused does not tell what has become of the one before.
      if (doubt === undefined || ports.isAborted()) throw error;
      throw unknown("it may still turn up, and another attempt was refused", error);
    }
  }

  function unknown(seen: string, cause: unknown): LinqError {
    const options = cause === undefined ? {} : { cause };
    return new CreateOutcomeUnknownError(maskUrls(webhookUrl), posted, seen, options);
  }
}
