import type { WebhookSubscription } from "../../index.js";
import type { FoldedEntry } from "./fold.js";

/** What stands in an entry besides the one that is kept, a sentence each; none where there is only one. */
export function describeFolding({ kept, twins, inactive }: FoldedEntry): string[] {
  const groups = new Map<Relation, number[]>();
  for (const twin of twins) {
    const relation = relate(twin, kept);
    groups.set(relation, [...(groups.get(relation) ?? []), twin.id]);
  }
  const unsigned = kept.secret_configured !== true;
  const signed = twins.filter(({ secret_configured }) => unsigned && secret_configured === true);
  return [
    ...[...groups].map(([relation, ids]) => {
      const [isOne, name] = nameAll(ids);
      return `${name} ${WORDS[relation][isOne ? 0 : 1]} ${kept.id}; \`linq-webhooks apply\` deletes ${isOne ? "it" : "them"}${relation === "duplicate" ? "" : `, and ${kept.id} gets ${isOne ? "its" : "their"} events`}.`;
    }),
    ...(signed.length > 0
      ? [`${nameAll(signed.map(({ id }) => id))[1]} signs, and ${kept.id} does not yet.`]
      : []),
    ...(inactive.length > 0
      ? [`${nameAll(inactive.map(({ id }) => id))[1]} at this URL, inactive, stays as it is.`]
      : []),
  ];
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

function nameAll(ids: readonly number[]): [isOne: boolean, name: string] {
  const isOne = ids.length === 1;
  const list = [ids.slice(0, -1).join(", "), ids.at(-1)]
    .filter((part) => part !== "")
    .join(" and ");
  return [isOne, `Webhook subscription${isOne ? "" : "s"} ${list}`];
}
