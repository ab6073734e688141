import { useMemo, useState } from "preact/hooks";
import type { PageDelivery, PageState } from "../../cli/page/protocol.js";
import type { PageProps } from "../page-props.js";
import { Empty } from "../parts/empty.js";
import { DeliveryDetail } from "./delivery-detail.js";
import { DeliveryList } from "./delivery-list.js";
import { DeliveryHead } from "./delivery-row.js";
import { createFilter } from "./filter-deliveries.js";
import { FilterBar } from "./filter-bar.js";
import { Picture } from "./picture.js";

/** Shows deliveries as they arrive. */
export function DeliveriesView(props: PageProps): preact.JSX.Element {
  const { live } = props;
  const state = live.state();
  return (
    <>
      <h1>Deliveries</h1>
      {state && <p class="lead">{describe(state)}</p>}
      {live.deliveries.total() === 0 ? <NoDeliveries state={state} /> : <Deliveries {...props} />}
    </>
  );
}

function describe({ mode, receiverPath, publicUrl, forwardTo, hasSecret }: PageState): string {
  if (mode === "sandbox") return "Deliveries of the sandbox to its subscriptions.";
  const receiver = publicUrl ?? `${location.origin}${receiverPath}`;
  const check = hasSecret ? "" : " Signatures are not checked: no secret is set.";
  return `Received at ${receiver}${forwardTo === null ? "" : `, forwarded to ${forwardTo}`}.${check}`;
}

function NoDeliveries({ state }: { state: PageState | undefined }): preact.JSX.Element {
  const isSandbox = state?.mode === "sandbox";
  return (
    <Empty title="Nothing has been delivered yet">
      <p>
        {isSandbox
          ? "Create a subscription in the sandbox, then send it an example."
          : "Send an example, or restart with --public-url and the URL of a tunnel."}
      </p>
      <p>
        <a class="button" href="#/example">
          Send an example
        </a>
      </p>
    </Empty>
  );
}

function Deliveries({ live, route, go, run }: PageProps): preact.JSX.Element {
  const [held, setHeld] = useState<readonly PageDelivery[]>();
  const { outcome, event, text, id } = route;
  const filter = useMemo(() => createFilter({ outcome, event, text }), [outcome, event, text]);
  const all = held ?? live.deliveries.list();
  const rows = all.filter(filter);
  const delivery = live.deliveries.get(id) ?? held?.find((one) => one.id === id);
  const select = (chosen: string): void => {
    go({ id: chosen }, id !== "");
  };
  return (
    <>
      <Picture tally={live.tally} />
      <FilterBar
        live={live}
        route={route}
        go={go}
        count={rows.length}
        isHeld={held !== undefined}
        hold={(isHeld) => {
          setHeld(isHeld ? live.deliveries.list() : undefined);
        }}
      />
      <div class={`split ${id === "" ? "" : "has-detail"}`}>
        <div class="list">
          <DeliveryHead />
          {rows.length === 0 ? (
            <Empty title="No delivery matches the filters">
              <p>Change or clear the filters.</p>
            </Empty>
          ) : (
            <DeliveryList rows={rows} selected={id} onSelect={select} onOpen={focusDetail} />
          )}
        </div>
        {delivery ? (
          <DeliveryDetail
            key={id}
            delivery={delivery}
            state={live.state()}
            run={run}
            close={() => {
              go({ id: "" });
              document.querySelector<HTMLElement>(".rows")?.focus();
            }}
          />
        ) : (
          id !== "" && (
            <section class="detail">
              <Empty title="This delivery is no longer kept">
                <p>The page keeps the newest 1,000; choose one from the list.</p>
              </Empty>
            </section>
          )
        )}
      </div>
    </>
  );
}

function focusDetail(): void {
  document.querySelector<HTMLElement>("#detail-title")?.focus();
}
