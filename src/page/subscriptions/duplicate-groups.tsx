import type { DuplicateGroup, WebhookSubscription } from "../../index.js";

/** What the members of a group have in common. */
const KINDS: Readonly<Record<DuplicateGroup["kind"], string>> = {
  identical: "have the same events",
  contained: "overlap, and one has all events of the others",
  overlapping: "overlap",
};

interface DuplicateGroupsProps {
  readonly groups: readonly DuplicateGroup[];
}

/** Says of each group what arrives twice, why, and what can be done about it. */
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

/** By the one rule: of those that deliver an event the one with the lowest id keeps it. */
function adviceOn({ subscriptions, redundant }: DuplicateGroup): string[] {
  const kept = new Set<string>();
  return subscriptions.flatMap((subscription) => {
    const twice = subscription.events.filter((name) => kept.has(name));
    for (const name of subscription.events) kept.add(name);
    if (redundant.includes(subscription)) {
      return [`${subscription.id} is redundant: lower ids deliver all of its events.`];
    }
    if (twice.length === 0) return [];
    return [`${subscription.id} can give up ${listAll(twice)}: lower ids deliver that, too.`];
  });
}

function nameAll(subscriptions: readonly WebhookSubscription[]): string {
  return `Subscriptions ${listAll(subscriptions.map(({ id }) => String(id)))}`;
}

/** Such as `3, 7 and 9`. */
function listAll(texts: readonly string[]): string {
  const last = texts.at(-1) ?? "";
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(", ")} and ${last}`;
}
