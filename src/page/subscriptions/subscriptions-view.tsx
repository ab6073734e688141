import { useEffect, useMemo, useState } from "preact/hooks";
import { findDuplicates, type WebhookSubscription } from "../../index.js";
import type { PageProps } from "../page-props.js";
import { Empty } from "../parts/empty.js";
import { DuplicateGroups } from "./duplicate-groups.js";
import { list, removeDuplicates } from "./linq.js";
import { RemoveDialog } from "./remove-dialog.js";
import { SubscriptionTable } from "./subscription-table.js";

/** The result of a list request; undefined while it is loading. */
type Loaded = readonly WebhookSubscription[] | Error | undefined;

/** All subscriptions, and those among them that deliver an event twice. */
export function SubscriptionsView({ live, run }: PageProps): preact.JSX.Element {
  const [loaded, setLoaded] = useState<Loaded>();
  const [isAsking, setAsking] = useState(false);
  const load = (): Promise<void> => list().then(setLoaded, setLoaded);
  useEffect(() => void load(), [live.writes()]);
  const groups = useMemo(() => (Array.isArray(loaded) ? findDuplicates(loaded) : []), [loaded]);
  const redundant = groups.flatMap((group) => group.redundant);

  const remove = async (): Promise<string> => {
    const ids = idsOf(redundant);
    const { removed: planned } = await removeDuplicates({ dryRun: true });
    if (idsOf(planned) !== ids) {
      await load();
      throw new Error("The subscriptions have changed, so nothing was deleted: check again.");
    }
    const { removed } = await removeDuplicates().finally(load);
    return `Deleted ${idsOf(removed) || "nothing"}.`;
  };
  return (
    <>
      <div class="heading">
        <h1>Subscriptions</h1>
        <div class="actions">
          {redundant.length > 0 && (
            <button
              type="button"
              class="primary"
              onClick={() => {
                setAsking(true);
              }}
            >
              Remove duplicates …
            </button>
          )}
          <button type="button" onClick={() => void load()}>
            Refresh
          </button>
        </div>
      </div>
      <Content loaded={loaded} live={live} groups={groups} />
      {isAsking && (
        <RemoveDialog
          redundant={redundant}
          onConfirm={() => void run(remove)}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}

function idsOf(subscriptions: readonly WebhookSubscription[]): string {
  return subscriptions.map(({ id }) => id).join(", ");
}

interface ContentProps extends Pick<PageProps, "live"> {
  readonly loaded: Loaded;
  readonly groups: ReturnType<typeof findDuplicates>;
}

function Content({ loaded, live, groups }: ContentProps): preact.JSX.Element {
  const state = live.state();
  if (loaded === undefined) return <p class="faint">Loading …</p>;
  if (loaded instanceof Error) {
    return (
      <div role="alert">
        <Empty title="The subscriptions cannot be listed">
          <p>{loaded.message}</p>
        </Empty>
      </div>
    );
  }
  if (loaded.length === 0) {
    const url = state?.publicUrl ?? "https://example.com/hook";
    return (
      <Empty title="No subscriptions yet">
        <p>Create one with the library, or on the command line:</p>
        <pre>{`npx linq-webhooks ensure --url ${url} --event message.received`}</pre>
      </Empty>
    );
  }
  return (
    <>
      <DuplicateGroups groups={groups} />
      <SubscriptionTable subscriptions={loaded} groups={groups} />
    </>
  );
}
