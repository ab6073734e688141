import type { Live } from "../live/live.js";
import type { PageProps } from "../page-props.js";
import { Choice } from "../parts/choice.js";
import { SearchBox } from "../parts/search-box.js";
import { OUTCOMES } from "./words.js";

interface FilterBarProps extends Pick<PageProps, "route" | "go"> {
  readonly live: Live;
  /** The number of deliveries that match the filters. */
  readonly count: number;
  /** Whether the list is paused. */
  readonly isHeld: boolean;
  readonly hold: (isHeld: boolean) => void;
}

/** The filters of the list. */
export function FilterBar(props: FilterBarProps): preact.JSX.Element {
  const { live, route, go, count, isHeld, hold } = props;
  const { outcome, event, text } = route;
  const names = new Set<string>(live.state()?.events);
  for (const { event: name } of live.deliveries.list()) if (name !== null) names.add(name);
  if (event !== "") names.add(event);
  return (
    <div class="filters" role="search" aria-label="Deliveries">
      <Choice
        label="Outcome"
        value={outcome}
        options={[["", "All outcomes"], ...Object.entries(OUTCOMES)]}
        set={(to) => {
          go({ outcome: to });
        }}
      />
      <Choice
        label="Event"
        value={event}
        options={[["", "All events"], ...names]}
        set={(to) => {
          go({ event: to });
        }}
      />
      <SearchBox
        label="Text in the delivery"
        value={text}
        set={(to) => {
          go({ text: to }, true);
        }}
      />
      {(outcome || event || text) && (
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
      <p class="faint">
        {count} shown, {live.deliveries.total()} received
      </p>
    </div>
  );
}
