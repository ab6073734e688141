import type { LoggedRequest } from "./request-log.js";
import type { Row } from "./row.js";

/** One change of one row. */
export interface Change {
  /** In ms since the epoch. */
  readonly at: number;
  readonly id: number;
  /** The row from then on; undefined when it was deleted. */
  readonly row: Row | undefined;
  /** The request that made the change; undefined for what the test or a delivery did. */
  readonly by: LoggedRequest | undefined;
}

/** The true rows, and everything that ever happened to them. */
export interface Table {
  /** All changes, the oldest first. */
  readonly changes: readonly Change[];
  readonly get: (id: number) => Row | undefined;
  readonly rows: () => Row[];
  readonly apply: (change: Change) => void;
}

/** Makes an empty table that reports each change of what is delivered, once it is made. */
export function createTable(onChange: (change: Change) => void): Table {
  const rows = new Map<number, Row>();
  const changes: Change[] = [];
  return {
    changes,
    get: (id) => rows.get(id),
    rows: () => [...rows.values()],
    apply: (change) => {
      const before = rows.get(change.id);
      changes.push(change);
      applyTo(rows, change);
      if (!isDeliveredAlike(before, change.row)) onChange(change);
    },
  };
}

/** The rows as seen by somebody who knows of these changes only. */
export function rowsAfter(changes: readonly Change[]): Row[] {
  const rows = new Map<number, Row>();
  for (const change of changes) applyTo(rows, change);
  return [...rows.values()];
}

/** Deliveries leave their marks on rows often, and change nothing else. */
function isDeliveredAlike(before: Row | undefined, after: Row | undefined): boolean {
  return (
    before?.serial === after?.serial &&
    before?.active === after?.active &&
    before?.webhook_url === after?.webhook_url &&
    before?.sentUrl === after?.sentUrl &&
    before?.events === after?.events
  );
}

function applyTo(rows: Map<number, Row>, { id, row }: Change): void {
  if (row) rows.set(id, row);
  else rows.delete(id);
}
