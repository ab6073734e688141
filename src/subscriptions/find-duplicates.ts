import { decide } from "./decide.js";
import { addressOf } from "./identity.js";
import { mayShareAddress } from "./may-share-address.js";
import { describeObstacle } from "./obstacle.js";
import type { WebhookSubscription } from "./subscription.js";

/** Active subscriptions that deliver some event to the same URL more than once. */
export interface DuplicateGroup {
  /**
   * `identical`: all have the same events. `contained`: one of them has all the events of the others.
   * `overlapping`: they share events, but none has all of them.
   */
  readonly kind: "identical" | "contained" | "overlapping";
  /** The normalised URL, without a fragment. */
  readonly webhook_url: string;
  /** The events that arrive more than once. */
  readonly sharedEvents: readonly string[];
  /** The members of the group, lowest id first. */
  readonly subscriptions: readonly WebhookSubscription[];
  /**
   * The members that are redundant, because lower ids also deliver each of their events.
   * `removeDuplicates` deletes them.
   */
  readonly redundant: readonly WebhookSubscription[];
  /** Why other redundant members stay, one sentence for each. */
  readonly obstacles: readonly string[];
}

/** Finds the groups of duplicates in a list, in linear time. */
export function findDuplicates(subscriptions: readonly WebhookSubscription[]): DuplicateGroup[] {
  const byAddress = new Map<string, WebhookSubscription[]>();
  for (const subscription of mayShareAddress(subscriptions)) {
    if (!subscription.active) continue;
    const address = addressOf(subscription.webhook_url);
    const others = byAddress.get(address);
    if (others) others.push(subscription);
    else byAddress.set(address, [subscription]);
  }
  return [...byAddress].flatMap(([address, found]) =>
    connect(found)
      .filter(({ members }) => members.length > 1)
      .map((group) => describe(address, group)),
  );
}

/** Subscriptions of one URL that are connected by shared events, and all their events. */
interface Connected {
  readonly members: WebhookSubscription[];
  readonly events: Set<string>;
}

function connect(subscriptions: readonly WebhookSubscription[]): Connected[] {
  let groups: Connected[] = [];
  for (const subscription of [...subscriptions].sort((a, b) => a.id - b.id)) {
    const met = groups.filter(({ events }) => subscription.events.some((name) => events.has(name)));
    const [group = { members: [], events: new Set<string>() }, ...others] = met;
    for (const other of others) {
      group.members.push(...other.members);
      for (const name of other.events) group.events.add(name);
    }
    group.members.push(subscription);
    for (const name of subscription.events) group.events.add(name);
    groups = [...groups.filter((candidate) => !met.includes(candidate)), group];
  }
  return groups;
}

function describe(webhook_url: string, { members, events }: Connected): DuplicateGroup {
  const counts = new Map<string, number>();
  for (const member of members) {
    for (const name of new Set(member.events)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const sizes = members.map((member) => new Set(member.events).size);
  const isWhole = (size: number): boolean => size === events.size;
  members.sort((a, b) => a.id - b.id);
  const sharedEvents = [...counts].filter(([, count]) => count > 1).map(([name]) => name);
  const { steps, obstacles } = decide(
    { ...GOAL, guarded: new Set(sharedEvents) },
    NOTHING_OWN,
    members,
  );
  return {
    kind: sizes.every(isWhole) ? "identical" : sizes.some(isWhole) ? "contained" : "overlapping",
    webhook_url,
    sharedEvents,
    subscriptions: members,
    redundant: steps.flatMap((step) => (step.action === "delete" ? [step.target] : [])),
    obstacles: obstacles.map(describeObstacle),
  };
}

const NOTHING_OWN = {
  ids: new Set<number>(),
  created: new Set<number>(),
  signed: new Set<number>(),
};

/** The goal of `removeDuplicates` without its events: only to delete redundant subscriptions. */
const GOAL = {
  wanted: new Set<string>(),
  version: undefined,
  hasSecret: false,
  signs: "none",
  onlyDeletes: true,
} as const;
