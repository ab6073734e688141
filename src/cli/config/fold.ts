import { EVENT_NAMES } from "../../../generated/constants.js";
import { InvalidInputError } from "../../errors/invalid-input-error.js";
import type { WebhookSubscription } from "../../index.js";
import { carryOn } from "../../subscriptions/carry-on.js";
import { addressOf, findKeeper } from "../../subscriptions/identity.js";
import { versionOf } from "../../subscriptions/subscription.js";
import { planSync } from "../../sync/index.js";

/** All subscriptions of one URL, as one entry of a file. */
export interface FoldedEntry {
  readonly webhook_url: string;
  readonly events: readonly string[];
  readonly active: boolean;
  readonly version: number;
  /** The other writable fields, as the API returns them. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly hasSecret: boolean;
  /** The subscription that a plan of the entry keeps. */
  readonly kept: WebhookSubscription;
  /** The other active subscriptions, which a plan deletes. */
  readonly folded: readonly WebhookSubscription[];
  /** The other inactive subscriptions, which a plan does not change. */
  readonly inactive: readonly WebhookSubscription[];
}

/** A list of subscriptions as entries, and the subscriptions that no entry can declare. */
export interface Folded {
  /** Sorted by the lowest id of each URL. */
  readonly entries: readonly FoldedEntry[];
  readonly left: readonly LeftOut[];
}

/** A subscription that no file can declare, and why. */
export interface LeftOut {
  readonly id: number;
  readonly reason: string;
}

/** Folds all subscriptions of a URL into one entry. A plan of the entries changes only what was folded. */
export function fold(subscriptions: readonly WebhookSubscription[]): Folded {
  const groups = new Map<string, WebhookSubscription[]>();
  for (const subscription of [...subscriptions].sort((a, b) => a.id - b.id)) {
    const address = addressOf(subscription.webhook_url);
    groups.set(address, [...(groups.get(address) ?? []), subscription]);
  }
  const entries: FoldedEntry[] = [];
  const left: LeftOut[] = [];
  for (const group of groups.values()) {
    const entry = foldGroup(group);
    const objection = findObjection(entry);
    if (objection === undefined) entries.push(entry);
    else left.push(...group.map(({ id }) => ({ id, reason: objection })));
  }
  return { entries, left };
}

function foldGroup(group: readonly WebhookSubscription[]): FoldedEntry {
  const delivering = group.filter(({ active }) => active);
  // If none is active, a plan matches the one with the lowest id.
  const declared = delivering.length > 0 ? delivering : group.slice(0, 1);
  const events = sortEvents(declared.flatMap((each) => each.events));
  // `findKeeper` compares the events of active subscriptions, and finds none only if all are inactive.
  const kept = findKeeper(events, delivering) ?? group[0];
  if (!kept) throw new Error("a group has members");
  return {
    ...{ webhook_url: kept.webhook_url, events, active: kept.active, version: versionOf(kept) },
    settings: settingsOf(kept),
    hasSecret: declared.some(({ secret_configured }) => secret_configured === true),
    kept,
    folded: delivering.filter((each) => each !== kept),
    inactive: group.filter((each) => !each.active && each !== kept),
  };
}

/** The fields that an entry holds separately from its settings. */
const OWN = new Set(["webhook_url", "events", "active", "version"]);

function settingsOf(subscription: WebhookSubscription): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(carryOn(subscription)).filter(([field]) => !OWN.has(field)),
  );
}

/** Sorts events in the order of the specification, followed by unknown events. */
function sortEvents(events: readonly string[]): string[] {
  const known: readonly string[] = EVENT_NAMES;
  const names = new Set(events);
  const others = [...names].filter((name) => !known.includes(name)).sort();
  return [...known.filter((name) => names.has(name)), ...others];
}

/** Explains why a file cannot declare an entry; undefined if it can. */
function findObjection({ kept, events, version }: FoldedEntry): string | undefined {
  try {
    planSync([{ ...carryOn(kept), events, version }], [], { allowUnknownEvents: true });
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return error.field.endsWith("webhook_url")
      ? "its URL is not an absolute URL"
      : "its events cannot be declared";
  }
}
