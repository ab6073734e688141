import { addUp, type Bar, type Counts, type Tally } from "../live/tally.js";
import type { Outcome } from "../live/outcome.js";
import { Dot } from "../parts/dot.js";
import { Table } from "../parts/table.js";
import { clock } from "../parts/time.js";
import { OUTCOMES } from "./words.js";

/** In units of the drawing, which is stretched to the available width. */
const [BAR_WIDTH, GAP, HEIGHT] = [10, 2, 48];

/** Deliveries over time by outcome, as bars and as a table. */
export function Picture({ tally }: { tally: Tally }): preact.JSX.Element | null {
  const bars = tally.bars();
  const [first, last] = [bars[0], bars.at(-1)];
  if (!first || !last) return null;
  const sums = bars.map(({ counts }) => totalOf(counts));
  const highest = Math.max(1, ...sums);
  const all = bars.reduce<Counts>((total, { counts }) => addUp(total, counts), {});
  const outcomes = LIST.filter((outcome) => all[outcome]);
  const words = outcomes.map((outcome) => `${all[outcome] ?? 0} ${outcome}`).join(", ");
  return (
    <figure class="picture">
      <svg
        role="img"
        aria-label={`Deliveries from ${clock(first.start)} on: ${words}. At most ${highest} in ${unitOf(first)}.`}
        viewBox={`0 0 ${bars.length * (BAR_WIDTH + GAP)} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        {bars.map((bar, index) => (
          <g key={bar.start} transform={`translate(${index * (BAR_WIDTH + GAP)} 0)`}>
            {stack(bar.counts, highest).map(({ outcome, y, height }) => (
              <rect class={`is-${outcome}`} y={y} width={BAR_WIDTH} height={height} />
            ))}
          </g>
        ))}
      </svg>
      <figcaption>
        <span>
          {clock(first.start)} – {clock(last.start + last.length)}
        </span>
        {outcomes.map((outcome) => (
          <span key={outcome}>
            <Dot outcome={outcome} /> {OUTCOMES[outcome]} <b>{all[outcome]}</b>
          </span>
        ))}
        <span>
          highest <b>{highest}</b> in {unitOf(first)}
        </span>
        <details>
          <summary>As a table</summary>
          <Table
            label="Deliveries over time"
            columns={["From", ...outcomes.map((outcome) => `#${OUTCOMES[outcome]}`)]}
            rows={bars.flatMap(({ start, counts }) =>
              totalOf(counts) === 0
                ? []
                : {
                    key: start,
                    cells: [clock(start), ...outcomes.map((one) => counts[one] ?? 0)],
                  },
            )}
          />
        </details>
      </figcaption>
    </figure>
  );
}

const LIST = Object.keys(OUTCOMES) as Outcome[]; // The table has every outcome.

function stack(counts: Counts, highest: number): { outcome: Outcome; y: number; height: number }[] {
  let y = HEIGHT;
  return LIST.flatMap((outcome) => {
    const height = ((counts[outcome] ?? 0) / highest) * HEIGHT;
    y -= height;
    return height <= 0 ? [] : [{ outcome, y, height }];
  });
}

function totalOf(counts: Counts): number {
  return LIST.reduce((total, outcome) => total + (counts[outcome] ?? 0), 0);
}

function unitOf({ length }: Bar): string {
  const seconds = length / 1_000;
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3_600 ? `${seconds / 60} min` : `${seconds / 3_600} h`;
}
