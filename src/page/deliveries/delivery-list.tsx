import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { PageDelivery } from "../../cli/page/protocol.js";
import { DeliveryRow, ROW_HEIGHT } from "./delivery-row.js";

interface DeliveryListProps {
  readonly rows: readonly PageDelivery[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
  /** Called for Enter on the selected row. */
  readonly onOpen: () => void;
}

/** The number of rows above and below the visible ones, so that scrolling shows no gaps. */
const OVERSCAN = 8;

/** A list that renders only the rows near the visible part, however long it is. */
export function DeliveryList(props: DeliveryListProps): preact.JSX.Element {
  const { rows, selected, onSelect, onOpen } = props;
  const { box, top, height, setTop } = useWindow(rows);
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - OVERSCAN);
  const end = Math.ceil((top + height) / ROW_HEIGHT) + OVERSCAN;
  const shown = rows.slice(first, end);
  const index = rows.findIndex(({ id }) => id === selected);

  const move = (event: KeyboardEvent): void => {
    if (event.key === "Enter") {
      onOpen();
      return;
    }
    const page = Math.max(1, Math.floor(height / ROW_HEIGHT) - 1);
    const target = targetOf(event.key, index, page, rows.length);
    const row = target === undefined ? undefined : rows[target];
    if (target === undefined || !row) return;
    event.preventDefault();
    onSelect(row.id);
    scrollTo(box.current, target);
  };
  return (
    <div
      ref={box}
      class="rows"
      role="listbox"
      tabIndex={0}
      aria-label="Deliveries, newest first"
      aria-activedescendant={shown.some(({ id }) => id === selected) ? `row-${index}` : undefined}
      onKeyDown={move}
      onScroll={({ currentTarget }) => {
        setTop(currentTarget.scrollTop);
      }}
    >
      <div role="presentation" style={{ height: `${rows.length * ROW_HEIGHT}px` }}>
        <div role="presentation" style={{ paddingTop: `${first * ROW_HEIGHT}px` }}>
          {shown.map((delivery, offset) => (
            <DeliveryRow
              key={delivery.id}
              delivery={delivery}
              position={first + offset}
              count={rows.length}
              isSelected={delivery.id === selected}
              onSelect={onSelect}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** The index of the row that a key selects. */
function targetOf(key: string, at: number, page: number, count: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: count - 1,
  };
  const target = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return target === undefined ? undefined : Math.min(count - 1, Math.max(0, target));
}

function scrollTo(box: HTMLElement | null, index: number): void {
  if (!box) return;
  const lowest = index * ROW_HEIGHT;
  const highest = lowest + ROW_HEIGHT - box.clientHeight;
  box.scrollTop = Math.min(lowest, Math.max(highest, box.scrollTop));
}

/** The visible part of the list. After the user has scrolled, it stays the same when rows are added. */
function useWindow(rows: readonly PageDelivery[]): {
  box: preact.RefObject<HTMLDivElement | null>;
  top: number;
  height: number;
  setTop: (top: number) => void;
} {
  const box = useRef<HTMLDivElement>(null);
  const newest = useRef<string>(undefined);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setHeight(entry.contentRect.height);
    });
    if (box.current) observer.observe(box.current);
    return () => {
      observer.disconnect();
    };
  }, []);
  useLayoutEffect(() => {
    const added = rows.findIndex(({ id }) => id === newest.current);
    newest.current = rows[0]?.id;
    if (box.current && added > 0 && top > 0) box.current.scrollTop = top + added * ROW_HEIGHT;
  }, [rows]);
  return { box, top, height, setTop };
}
