import type { DuplicateGroup, WebhookSubscription } from "../../index.js";

/** How the members of each kind of group relate. */
const KINDS: Readonly<Record<DuplicateGroup["kind"], string>> = {
  identical: "have the same events",
  contained: "overlap, and one has all events of the others",
  overlapping: "overlap",
};

interface DuplicateGroupsProps {
  readonly groups: readonly DuplicateGroup[];
}

/** Explains for each group which events arrive twice, why, and how to fix it. */
export function DuplicateGroups({ groups }: DuplicateGroupsProps): preact.JSX.Element {
  if (groups.length === 0) return <p class="lead">No event is delivered more than once.</p>;
  return (
    <ul class="groups">
      {groups.map((group) => (
        <li key={group.subscriptions[0]?.id}>
          <p>
            <b>{nameAll(group.subscriptions)}</b> {KINDS[group.kind]}:{" "}
            <b>{listAll(group.sharedEvents)}</b>{" "}
            {group.sharedEvents.length === 1 ? "arrives" : "arrive"} more than once at{" "}
            <span class="url">{group.webhook_url}</span>
          </p>
          {[...adviceOn(group), ...group.obstacles.map((sentence) => `Note: ${sentence}.`)].map(
            (sentence) => (
              <p>{sentence}</p>
            ),
          )}
        </li>
      ))}
    </ul>
  );
}

/** The subscription with the lowest id keeps an event; the others can give it up. */
function adviceOn({ subscriptions, redundant }: DuplicateGroup): string[] {
  const kept = new Set<string>();
  return subscriptions.flatMap((subscription) => {
    const twice = subscription.events.filter((name) => kept.has(name));
    for (const name of subscription.events) kept.add(name);
    if (redundant.includes(subscription)) {
      return [`${subscription.id} is redundant: lower ids deliver all of its events.`];
    }
    if (twice.length === 0) return [];
    return [`${subscription.id} can give up ${listAll(twice)}, which lower ids also deliver.`];
  });
}

function nameAll(subscriptions: readonly WebhookSubscription[]): string {
  return `Subscriptions ${listAll(subscriptions.map(({ id }) => String(id)))}`;
}

/** Joins texts, such as `3, 7 and 9`. */
function listAll(texts: readonly string[]): string {
  const last = texts.at(-1) ?? "";
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(", ")} and ${last}`;
}
