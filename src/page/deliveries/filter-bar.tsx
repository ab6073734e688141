import type { Outcome } from "../live/contract.js";
import type { Live } from "../live/live.js";
import type { PageProps } from "../page-props.js";
import { OUTCOMES } from "./words.js";

interface FilterBarProps extends Pick<PageProps, "route" | "go"> {
  readonly live: Live;
  /** How many deliveries fit the filters. */
  readonly count: number;
  /** Whether the list stands still. */
  readonly isHeld: boolean;
  readonly hold: (isHeld: boolean) => void;
}

/** Chooses which deliveries are listed. */
export function FilterBar(props: FilterBarProps): preact.JSX.Element {
  const { live, route, go, count, isHeld, hold } = props;
  const { outcome, event, text } = route;
  const total = live.deliveries.total();
  const names = new Set<string>(live.state()?.events);
  for (const { event: name } of live.deliveries.list()) if (name !== null) names.add(name);
  if (event !== "") names.add(event);
  return (
    <div class="filters" role="search" aria-label="Deliveries">
      <select
        aria-label="Outcome"
        value={outcome}
        onChange={({ currentTarget }) => {
          go({ outcome: currentTarget.value });
        }}
      >
        <option value="">All outcomes</option>
        {(Object.keys(OUTCOMES) as Outcome[]).map((name) => (
          <option value={name}>{OUTCOMES[name]}</option>
        ))}
      </select>
      <select
        aria-label="Event"
        value={event}
        onChange={({ currentTarget }) => {
          go({ event: currentTarget.value });
        }}
      >
        <option value="">All events</option>
        {[...names].map((name) => (
          <option value={name}>{name}</option>
        ))}
      </select>
      <input
        type="search"
        aria-label="Text in the delivery"
        placeholder="Text in the delivery"
        value={text}
        onInput={({ currentTarget }) => {
          go({ text: currentTarget.value }, true);
        }}
      />
      {(outcome !== "" || event !== "" || text !== "") && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            go({ outcome: "", event: "", text: "" });
          }}
        >
          Clear
        </button>
      )}
      <button
        type="button"
        aria-pressed={isHeld}
        onClick={() => {
          hold(!isHeld);
        }}
      >
        Pause
      </button>
      <p class="faint number">
        {count} shown, {total} received
      </p>
    </div>
  );
}
