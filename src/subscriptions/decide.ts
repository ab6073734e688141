import { divideEvents, type Share } from "./identity.js";
import { versionOf, type WebhookSubscription } from "./subscription.js";

/** What a call wants of one URL. */
export interface Goal {
  /** The events that must reach the URL. */
  readonly wanted: ReadonlySet<string>;
  /**
   * The events that must not reach it twice: those wanted, and all that this call has written by
   * PUT, since a PUT from an older list can bring back what somebody else has just given up.
   */
  readonly guarded: ReadonlySet<string>;
  /** The version that subscriptions to wanted events get; undefined where they keep theirs. */
  readonly version: number | undefined;
  /** Whether a subscription to wanted events has other settings than the call asks for besides. */
  readonly differs?: (subscription: WebhookSubscription) => boolean;
  /** Whether the call has a secret, to send along with what it writes. */
  readonly hasSecret: boolean;
  /** Which subscriptions to wanted events get it: those without one, all, or none for its own sake. */
  readonly signs: "missing" | "all" | "none";
  /** Whether it only deletes what is redundant, and leaves what keeps some event. */
  readonly onlyDeletes: boolean;
}

/** What a call has done so far, as far as it matters to what it may do next. */
export interface Own {
  /** The ids that it has created, or has been asked to change. */
  readonly ids: ReadonlySet<number>;
  /** Those of them that it has created: nobody relies on them yet. */
  readonly created: ReadonlySet<number>;
  /** The ids to which it has written its secret. */
  readonly signed: ReadonlySet<number>;
}

/** What is left to do, and what stands in the way. */
export interface Decision {
  readonly steps: readonly Step[];
  readonly obstacles: readonly Obstacle[];
}

/** One write that brings the list nearer to the goal. */
export type Step = CreateStep | UpdateStep | DeleteStep;

export interface CreateStep {
  readonly action: "create";
  readonly events: readonly string[];
}

/** Writes a subscription anew, with these events and this version. */
export interface UpdateStep {
  readonly action: "update";
  readonly target: WebhookSubscription;
  readonly events: readonly string[];
  readonly version: number;
  readonly sendsSecret: boolean;
  /** The events that it gives up, and what keeps them. */
  readonly givenUp: Share["givenUp"];
}

/** Deletes a subscription that has no event left. */
export interface DeleteStep {
  readonly action: "delete";
  readonly target: WebhookSubscription;
  /** The events that it gives up, and what keeps them. */
  readonly givenUp: Share["givenUp"];
}

/**
 * Why a subscription stays as it is, although the goal asks for a change:
 *
 * - `secret`: it may have a secret, an update without it might clear it, and the call has none.
 * - `foreign`: it delivers other events, too, and so may have a secret that is not this call's.
 * - `unsigned`: it has a secret, and the one that would keep its events has none.
 * - `version`: it has another version than the one that would keep its events.
 */
export interface Obstacle {
  readonly reason: "secret" | "foreign" | "unsigned" | "version";
  readonly target: WebhookSubscription;
  /** The events that are to change hands, or all that are not delivered as they should be. */
  readonly events: readonly string[];
  /** The one that keeps the first of them; undefined where nobody else delivers them. */
  readonly keeper: WebhookSubscription | undefined;
}

/** How a subscription delivers once the steps have been carried out. */
type Delivery = Pick<WebhookSubscription, "version"> & { readonly isSigned: boolean };

/**
 * What is left to do until each wanted event reaches the URL exactly once.
 *
 * An event that two subscriptions deliver is given up by the one with the higher id, whoever made it
 * and whoever looks. Events that none delivers become one new subscription; an existing one is never
 * extended, since two replicas that each add to what they have read would overwrite each other.
 *
 * @param subscriptions The active subscriptions of the URL, lowest id first.
 */
export function decide(
  goal: Goal,
  own: Own,
  subscriptions: readonly WebhookSubscription[],
): Decision {
  const shares = divideEvents(subscriptions, (event) => goal.guarded.has(event));
  const planned = new Map<WebhookSubscription, Delivery>();
  const steps: Step[] = [];
  const obstacles: Obstacle[] = [];
  for (const share of shares) {
    const next = decideShare(goal, own, share, planned);
    planned.set(share.subscription, deliveryOf(share.subscription, next));
    if (next === undefined) continue;
    if ("action" in next) steps.push(next);
    else obstacles.push(next);
  }
  const delivered = new Set(shares.flatMap(({ kept }) => kept));
  const missing = [...goal.wanted].filter((event) => !delivered.has(event));
  if (missing.length > 0) steps.push({ action: "create", events: missing });
  return { steps, obstacles };
}

function deliveryOf(
  target: WebhookSubscription,
  next: UpdateStep | DeleteStep | Obstacle | undefined,
): Delivery {
  const isSigned = target.secret_configured === true;
  if (next === undefined || !("action" in next) || next.action === "delete") {
    return { version: versionOf(target), isSigned };
  }
  return { version: next.version, isSigned: isSigned || next.sendsSecret };
}

/** What is to become of one subscription; undefined if it may stay as it is. */
function decideShare(
  { wanted, version, differs, hasSecret, signs, onlyDeletes }: Goal,
  own: Own,
  { subscription: target, kept, givenUp }: Share,
  planned: ReadonlyMap<WebhookSubscription, Delivery>,
): UpdateStep | DeleteStep | Obstacle | undefined {
  if (onlyDeletes && kept.length > 0) return undefined;
  const isWanted = kept.some((event) => wanted.has(event));
  const isForeign = !own.ids.has(target.id) && !kept.every((event) => wanted.has(event));
  const oldVersion = versionOf(target);
  const newVersion = (isWanted ? version : undefined) ?? oldVersion;
  const isSigned = target.secret_configured === true;
  const mustSign =
    isWanted &&
    ((signs === "missing" && target.secret_configured === false) ||
      (signs === "all" && !own.signed.has(target.id)));
  const mustChange = newVersion !== oldVersion || (isWanted && differs?.(target));
  if (givenUp.size === 0 && !mustSign && !mustChange) return undefined;

  const [[event, keeper] = [undefined, undefined]] = givenUp;
  const obstacle = (reason: Obstacle["reason"]): Obstacle => ({
    reason,
    target,
    events: event === undefined ? kept.filter((name) => wanted.has(name)) : [...givenUp.keys()],
    keeper,
  });
  for (const by of own.created.has(target.id) ? [] : new Set(givenUp.values())) {
    const delivery = planned.get(by);
    if (isSigned && !delivery?.isSigned) return { ...obstacle("unsigned"), keeper: by };
    if (delivery?.version !== oldVersion && delivery?.version !== version) {
      return { ...obstacle("version"), keeper: by };
    }
  }
  if (kept.length === 0) return { action: "delete", target, givenUp };

  const mayBeSigned = target.secret_configured !== false;
  if (isForeign && (mustSign || mayBeSigned)) return obstacle("foreign");
  if (!own.ids.has(target.id) && mayBeSigned && !hasSecret) return obstacle("secret");
  // One that covers nothing wanted gets no secret that it did not have: its receiver may not know it.
  const sendsSecret = hasSecret && !isForeign && (mustSign || mayBeSigned || isWanted);
  return { action: "update", target, events: kept, version: newVersion, sendsSecret, givenUp };
}
