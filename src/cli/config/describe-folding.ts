import type { WebhookSubscription } from "../../index.js";
import type { FoldedEntry } from "./fold.js";

/** What stands in an entry besides the one that is kept, a sentence each; none where there is only one. */
export function describeFolding({ kept, twins, inactive }: FoldedEntry): string[] {
  const groups = new Map<Relation, number[]>();
  for (const twin of twins) {
    const relation = relate(twin, kept);
    groups.set(relation, [...(groups.get(relation) ?? []), twin.id]);
  }
  const isUnsigned = kept.secret_configured !== true;
  const signed = twins.filter(({ secret_configured }) => isUnsigned && secret_configured === true);
  return [
    ...[...groups].map(([relation, ids]) => {
      const isOne = ids.length === 1;
      const [it, its] = isOne ? ["it", "its"] : ["them", "their"];
      const gains = relation === "duplicate" ? "" : `, and ${kept.id} gets ${its} events`;
      const relates = WORDS[relation][isOne ? 0 : 1];
      return `${nameAll(ids)} ${relates} ${kept.id}; \`linq-webhooks apply\` deletes ${it}${gains}.`;
    }),
    ...describe(signed, [
      `signs, and ${kept.id} does not yet`,
      `sign, and ${kept.id} does not yet`,
    ]),
    ...describe(inactive, [
      "at this URL, inactive, stays as it is",
      "at this URL, inactive, stay as they are",
    ]),
  ];
}

/** A sentence about some subscriptions, for one and for several; none where there are none. */
function describe(
  some: readonly WebhookSubscription[],
  [one, several]: readonly [string, string],
): string[] {
  if (some.length === 0) return [];
  return [`${nameAll(some.map(({ id }) => id))} ${some.length === 1 ? one : several}.`];
}

type Relation = "duplicate" | "overlap" | "besides";

/** For one, and for several. */
const WORDS: Readonly<Record<Relation, readonly [string, string]>> = {
  duplicate: ["is a duplicate of", "are duplicates of"],
  overlap: ["overlaps with", "overlap with"],
  besides: ["delivers other events than", "deliver other events than"],
};

function relate(twin: WebhookSubscription, { events }: WebhookSubscription): Relation {
  const shared = twin.events.filter((event) => events.includes(event)).length;
  if (shared === twin.events.length) return "duplicate";
  return shared > 0 ? "overlap" : "besides";
}

function nameAll(ids: readonly number[]): string {
  const last = String(ids.at(-1));
  if (ids.length === 1) return `Webhook subscription ${last}`;
  return `Webhook subscriptions ${ids.slice(0, -1).join(", ")} and ${last}`;
}
