import type { PageDelivery } from "../../cli/page/protocol.js";
import { clock, lasting } from "../parts/time.js";
import { Dot } from "../parts/dot.js";
import { OUTCOMES } from "./words.js";

/** In pixels; the same as in page.css. */
export const ROW_HEIGHT = 36;

interface DeliveryRowProps {
  readonly delivery: PageDelivery;
  /** The index in the list, 0 for the first row. */
  readonly position: number;
  readonly count: number;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
}

/** One delivery of the list, in the columns of {@link DeliveryHead}. */
export function DeliveryRow(props: DeliveryRowProps): preact.JSX.Element {
  const { delivery, position, count, isSelected, onSelect } = props;
  const { id, receivedAt, event, outcome, signature, status, attempt, duration, from } = delivery;
  return (
    <div
      class="row"
      role="option"
      id={`row-${position}`}
      aria-selected={isSelected}
      aria-setsize={count}
      aria-posinset={position + 1}
      onClick={() => {
        onSelect(id);
      }}
    >
      <span>
        {clock(receivedAt)}
        <span class="at-medium faint">{/\.\d{1,3}/.exec(receivedAt)?.[0]}</span>
      </span>
      <span class="name">{event ?? "no event"}</span>
      <span>
        <Dot outcome={outcome} /> {OUTCOMES[outcome]}
      </span>
      <span class={`at-medium ${signature === "invalid" ? "problem" : ""}`}>{signature}</span>
      <span class="number at-medium">{status ?? "–"}</span>
      <span class="number at-medium">{lasting(duration)}</span>
      <span class="number at-wide">{attempt}</span>
      <span class="at-wide">{from ?? ""}</span>
    </div>
  );
}

/** The names of the columns, hidden from screen readers. */
export function DeliveryHead(): preact.JSX.Element {
  return (
    <div class="row head" aria-hidden="true">
      <span>Time</span>
      <span>Event</span>
      <span>Outcome</span>
      <span class="at-medium">Signature</span>
      <span class="number at-medium">Status</span>
      <span class="number at-medium">Took</span>
      <span class="number at-wide">Try</span>
      <span class="at-wide">From</span>
    </div>
  );
}
