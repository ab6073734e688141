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
export type Step =
  | { readonly action: "create"; readonly events: readonly string[] }
  | {
      readonly action: "update";
      readonly target: WebhookSubscription;
      readonly events: readonly string[];
      readonly version: number;
      /** The events that the target gives up. */
      readonly givenUp: readonly string[];
    }
  | {
      readonly action: "delete";
      readonly target: WebhookSubscription;
      readonly givenUp: readonly string[];
    };

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
  const delivered = new Set<string>();
  const steps: Step[] = [];
  for (const target of subscriptions) {
    const givenUp = target.events.filter((event) => guarded.has(event) && delivered.has(event));
    const events = target.events.filter((event) => !givenUp.includes(event));
    const isWanted = events.some((event) => wanted.has(event));
    const newVersion = (isWanted ? version : undefined) ?? target.version;
    const isOutdated =
      isWanted &&
      (target.version !== newVersion || (needsSecret && target.secret_configured === false));
    if (givenUp.length > 0 && events.length === 0) {
      steps.push({ action: "delete", target, givenUp });
    } else if (givenUp.length > 0 || isOutdated) {
      const step = { target, events, givenUp, version: newVersion };
      steps.push({ action: "update", ...step });
    }
    for (const event of events) delivered.add(event);
  }
  const missing = [...wanted].filter((event) => !delivered.has(event));
  if (missing.length > 0) steps.push({ action: "create", events: missing });
  return steps;
}
