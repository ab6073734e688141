import { divideEvents, type Share } from "./identity.js";
import { versionOf, type WebhookSubscription } from "./subscription.js";

/** The state that a call wants for one URL. */
export interface Goal {
  /** The events that must reach the URL. */
  readonly wanted: ReadonlySet<string>;
  /**
   * The events that must not reach it twice: the wanted ones, and all that this call has written by PUT,
   * because a PUT that rests on an older list can restore events that another client has just removed.
   */
  readonly guarded: ReadonlySet<string>;
  /** The version that subscriptions to wanted events get; undefined if they keep theirs. */
  readonly version: number | undefined;
  /** Whether the other settings of a subscription to wanted events differ from those of the call. */
  readonly differs?: (subscription: WebhookSubscription) => boolean;
  /** Whether the call has a secret to write. */
  readonly hasSecret: boolean;
  /** Which subscriptions to wanted events must get the secret: those without one, all, or none. */
  readonly signs: "missing" | "all" | "none";
  /** Whether the call only deletes redundant subscriptions, and leaves those that keep an event. */
  readonly onlyDeletes: boolean;
}

/** The subscriptions that belong to the call, which it may change more freely. */
export interface Own {
  /** The ids that it has created, or that its caller named. */
  readonly ids: ReadonlySet<number>;
  /** The ids that it has created; nobody relies on these yet. */
  readonly created: ReadonlySet<number>;
  /** The ids to which it has written its secret. */
  readonly signed: ReadonlySet<number>;
}

/** The steps that are left, and the obstacles to others. */
export interface Decision {
  readonly steps: readonly Step[];
  readonly obstacles: readonly Obstacle[];
}

/** One write towards the goal. */
export type Step = CreateStep | UpdateStep | DeleteStep;

export interface CreateStep {
  readonly action: "create";
  readonly events: readonly string[];
}

/** Updates a subscription with these events and this version. */
export interface UpdateStep {
  readonly action: "update";
  readonly target: WebhookSubscription;
  readonly events: readonly string[];
  readonly version: number;
  readonly sendsSecret: boolean;
  /** The events that it gives up, each with the subscription that keeps it. */
  readonly givenUp: Share["givenUp"];
}

/** Deletes a subscription that has no event left. */
export interface DeleteStep {
  readonly action: "delete";
  readonly target: WebhookSubscription;
  /** The events that it gives up, each with the subscription that keeps it. */
  readonly givenUp: Share["givenUp"];
}

/**
 * Why a subscription is not changed, although the goal asks for it:
 *
 * - `secret`: it may have a secret, which an update without one might clear, and the call has no secret.
 * - `foreign`: it also delivers other events, so its secret may not be the one of this call.
 * - `unsigned`: it has a secret, and the subscription that would keep its events has none.
 * - `version`: its version differs from that of the subscription that would keep its events.
 */
export interface Obstacle {
  readonly reason: "secret" | "foreign" | "unsigned" | "version";
  readonly target: WebhookSubscription;
  /** The events that it would give up, or else all its wanted events. */
  readonly events: readonly string[];
  /** The subscription that keeps the first of them; undefined if no other delivers them. */
  readonly keeper: WebhookSubscription | undefined;
}

/** How a subscription delivers after the steps. */
type Delivery = Pick<WebhookSubscription, "version"> & { readonly isSigned: boolean };

/**
 * Decides what is left to do until each wanted event reaches the URL exactly once.
 *
 * When two subscriptions deliver an event, the one with the higher id gives it up, no matter which client
 * created it or decides. All missing events go into one new subscription. An existing one never gains
 * events, because two replicas that each add to what they have read would overwrite each other.
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

/** Decides about one subscription; undefined means that it can stay unchanged. */
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
  // A subscription without wanted events gets no new secret, because its receiver may not know it.
  const sendsSecret = hasSecret && !isForeign && (mustSign || mayBeSigned || isWanted);
  return { action: "update", target, events: kept, version: newVersion, sendsSecret, givenUp };
}
