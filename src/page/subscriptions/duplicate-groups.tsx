import type { DuplicateGroup, WebhookSubscription } from "../../index.js";
import { maskUrls } from "../../checks/mask-urls.js";

/** What the members of a group have in common. */
const KINDS: Readonly<Record<DuplicateGroup["kind"], string>> = {
  identical: "have the same events",
  contained: "deliver what one of them delivers already",
  overlapping: "share events",
};

/** Says of each group what arrives twice, why, and which member is redundant. */
export function DuplicateGroups({
  groups,
}: {
  groups: readonly DuplicateGroup[];
}): preact.JSX.Element {
  if (groups.length === 0) return <p class="lead">No event is delivered more than once.</p>;
  return (
    <ul class="groups">
      {groups.map((group) => (
        <li key={nameAll(group.subscriptions)}>
          <p>
            <b>{nameAll(group.subscriptions)}</b> {KINDS[group.kind]}, so{" "}
            <b>{group.sharedEvents.join(", ")}</b>{" "}
            {group.sharedEvents.length === 1 ? "arrives" : "arrive"} more than once at{" "}
            <span class="url">{maskUrls(group.webhook_url)}</span>
          </p>
          <p>{adviceOn(group)}</p>
          {group.obstacles.map((sentence) => (
            <p class="faint">{sentence}.</p>
          ))}
        </li>
      ))}
    </ul>
  );
}

function adviceOn({ redundant }: DuplicateGroup): string {
  if (redundant.length === 0) {
    return "None can be deleted without a loss: take the shared events off one of them.";
  }
  const verb = redundant.length === 1 ? "is" : "are";
  return `${nameAll(redundant)} ${verb} redundant: those with lower ids deliver all of it.`;
}

/** Such as `Subscriptions 3, 7 and 9`. */
export function nameAll(subscriptions: readonly WebhookSubscription[]): string {
  const ids = subscriptions.map(({ id }) => String(id));
  const last = ids.pop() ?? "";
  return ids.length === 0 ? `Subscription ${last}` : `Subscriptions ${ids.join(", ")} and ${last}`;
}
