import type { WebhookSubscription } from "../../index.js";
import type { FoldedEntry } from "./fold.js";

/** Describes the subscriptions folded into an entry, in sentences; empty if there is only one. */
export function describeFolding({ kept, folded, inactive }: FoldedEntry): string[] {
  const groups = new Map<Relation, number[]>();
  for (const other of folded) {
    const relation = relate(other, kept);
    groups.set(relation, [...(groups.get(relation) ?? []), other.id]);
  }
  const isUnsigned = kept.secret_configured !== true;
  const signed = folded.filter(({ secret_configured }) => isUnsigned && secret_configured === true);
  return [
    ...[...groups].map(([relation, ids]) => {
      const isOne = ids.length === 1;
      const [it, its] = isOne ? ["it", "its"] : ["them", "their"];
      const gains = relation === "duplicate" ? "" : `, and ${kept.id} gets ${its} events`;
      const relates = WORDS[relation][isOne ? 0 : 1];
      return `${nameAll(ids)} ${relates} ${kept.id}; \`linq-webhooks apply\` deletes ${it}${gains}.`;
    }),
    ...describe(signed, [
      `has a secret, and ${kept.id} does not have one yet`,
      `have secrets, and ${kept.id} does not have one yet`,
    ]),
    ...describe(inactive, [
      "is inactive at this URL, and is not changed",
      "are inactive at this URL, and are not changed",
    ]),
  ];
}

/** Makes a sentence about one or several subscriptions; none for an empty list. */
function describe(
  some: readonly WebhookSubscription[],
  [one, several]: readonly [string, string],
): string[] {
  if (some.length === 0) return [];
  return [`${nameAll(some.map(({ id }) => id))} ${some.length === 1 ? one : several}.`];
}

type Relation = "duplicate" | "overlap" | "disjoint";

/** The verbs for one subscription and for several. */
const WORDS: Readonly<Record<Relation, readonly [string, string]>> = {
  duplicate: ["is a duplicate of", "are duplicates of"],
  overlap: ["overlaps with", "overlap with"],
  disjoint: ["delivers other events than", "deliver other events than"],
};

function relate(other: WebhookSubscription, { events }: WebhookSubscription): Relation {
  const shared = other.events.filter((event) => events.includes(event)).length;
  if (shared === other.events.length) return "duplicate";
  return shared > 0 ? "overlap" : "disjoint";
}

function nameAll(ids: readonly number[]): string {
  const last = String(ids.at(-1));
  if (ids.length === 1) return `Webhook subscription ${last}`;
  return `Webhook subscriptions ${ids.slice(0, -1).join(", ")} and ${last}`;
}
