import type { WebhookSubscription } from "./subscription.js";

/** What a call wants of one URL. */
export interface Goal {
  /** The events that must reach the URL. */
  readonly wanted: ReadonlySet<string>;
  /**
   * The events that must not reach it twice: those wanted, and all that this call has written by
   * PUT, since a PUT from an older list can bring back what somebody else has just given up.
   */
  readonly guarded: ReadonlySet<string>;
  /** The version that subscriptions to wanted events must have; undefined where any will do. */
  readonly version: number | undefined;
  /** Whether subscriptions to wanted events must have a secret. */
  readonly needsSecret: boolean;
}

/** One write that brings the list nearer to the goal. */
export type Step = CreateStep | UpdateStep | DeleteStep;

export interface CreateStep {
  readonly action: "create";
  readonly events: readonly string[];
}

/** Writes a subscription anew, with these events and this version. */
export interface UpdateStep extends GiveUp {
  readonly action: "update";
  readonly events: readonly string[];
  readonly version: number;
}

/** Deletes a subscription that has no event left. */
export interface DeleteStep extends GiveUp {
  readonly action: "delete";
  /** Whether some of its events are signed now, and would not be any more. */
  readonly losesSignature: boolean;
}

interface GiveUp {
  readonly target: WebhookSubscription;
  /** The events that the target gives up. */
  readonly givenUp: readonly string[];
}

/**
 * The rule at the heart: what is left to do until each wanted event reaches the URL exactly once.
 *
 * An event that two subscriptions deliver is given up by the one with the higher id, whoever made it
 * and whoever looks. Events that none delivers become one new subscription; an existing one is never
 * extended, since two replicas that each add to what they have read would overwrite each other. Every
 * observer of the same list draws the same conclusion, so no owner, clock or coordinator is needed.
 *
 * @param subscriptions The active subscriptions of the URL, lowest id first.
 */
export function decide(
  { wanted, guarded, version, needsSecret }: Goal,
  subscriptions: readonly WebhookSubscription[],
): Step[] {
  /** The events that are delivered, and whether they are signed. */
  const delivered = new Map<string, boolean>();
  const steps: Step[] = [];
  for (const target of subscriptions) {
    const givenUp = target.events.filter((event) => guarded.has(event) && delivered.has(event));
    const events = target.events.filter((event) => !givenUp.includes(event));
    const isWanted = events.some((event) => wanted.has(event));
    const newVersion = (isWanted ? version : undefined) ?? target.version;
    const isOutdated =
      isWanted &&
      (target.version !== newVersion || (needsSecret && target.secret_configured === false));
    const isSigned = target.secret_configured === true;
    if (givenUp.length > 0 && events.length === 0) {
      const losesSignature = isSigned && givenUp.some((event) => delivered.get(event) === false);
      steps.push({ action: "delete", target, givenUp, losesSignature });
    } else if (givenUp.length > 0 || isOutdated) {
      steps.push({ action: "update", target, givenUp, events, version: newVersion });
    }
    for (const event of events) delivered.set(event, isSigned || (isWanted && needsSecret));
  }
  const missing = [...wanted].filter((event) => !delivered.has(event));
  if (missing.length > 0) steps.push({ action: "create", events: missing });
  return steps;
}
