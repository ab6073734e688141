import { EVENT_NAMES } from "../../../generated/constants.js";
import { InvalidInputError } from "../../errors/invalid-input-error.js";
import type { WebhookSubscription } from "../../index.js";
import { carryOn } from "../../subscriptions/carry-on.js";
import { addressOf, findKeeper } from "../../subscriptions/identity.js";
import { versionOf } from "../../subscriptions/subscription.js";
import { planSync } from "../../sync/index.js";

/** What is at one URL, as one entry of a file. */
export interface FoldedEntry {
  readonly webhook_url: string;
  readonly events: readonly string[];
  readonly active: boolean;
  readonly version: number;
  /** The other fields of an input, as the API shows them. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly hasSecret: boolean;
  /** The subscription that a plan of the entry keeps. */
  readonly kept: WebhookSubscription;
  /** Further active ones, which a plan deletes. */
  readonly twins: readonly WebhookSubscription[];
  /** Further inactive ones, which a plan leaves alone. */
  readonly inactive: readonly WebhookSubscription[];
}

/** A list as entries, and what cannot be one. */
export interface Folded {
  /** By the lowest id at each URL. */
  readonly entries: readonly FoldedEntry[];
  readonly left: readonly LeftOut[];
}

/** A subscription that no file can declare, and why. */
export interface LeftOut {
  readonly id: number;
  readonly reason: string;
}

/** Folds what is at each URL into one entry, of which a plan changes nothing but what folding means. */
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
  // Where none delivers, the one with the lowest id is what a plan finds as declared.
  const declared = delivering.length > 0 ? delivering : group.slice(0, 1);
  const events = sortEvents(declared.flatMap((each) => each.events));
  // Neither is empty, so the rule finds one; it goes by the events only among active ones.
  const kept = findKeeper(events, delivering) ?? group[0];
  if (!kept) throw new Error("a group has members");
  return {
    ...{ webhook_url: kept.webhook_url, events, active: kept.active, version: versionOf(kept) },
    settings: settingsOf(kept),
    hasSecret: declared.some(({ secret_configured }) => secret_configured === true),
    kept,
    twins: delivering.filter((each) => each !== kept),
    inactive: group.filter((each) => !each.active && each !== kept),
  };
}

/** The fields that an entry has besides its own. */
const OWN = new Set(["webhook_url", "events", "active", "version"]);

function settingsOf(subscription: WebhookSubscription): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(carryOn(subscription)).filter(([field]) => !OWN.has(field)),
  );
}

/** As the specification lists them, and others behind. */
function sortEvents(events: readonly string[]): string[] {
  const known: readonly string[] = EVENT_NAMES;
  const names = new Set(events);
  const others = [...names].filter((name) => !known.includes(name)).sort();
  return [...known.filter((name) => names.has(name)), ...others];
}

/** Why an entry cannot be declared, by what checks all entries; undefined where it can. */
function findObjection({ kept, events, version }: FoldedEntry): string | undefined {
  try {
    planSync([{ ...carryOn(kept), events, version }], [], { allowUnknownEvents: true });
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return error.field.endsWith("webhook_url")
      ? "its URL is no absolute URL"
      : "it has no events that could be declared";
  }
}
