import type { PageRequest } from "../../cli/page/protocol.js";
import { Empty } from "../parts/empty.js";
import { Table } from "../parts/table.js";
import { clock, lasting } from "../parts/time.js";

/** The requests that the sandbox has received. */
export function Requests({ requests }: { requests: readonly PageRequest[] }): preact.JSX.Element {
  if (requests.length === 0) {
    return (
      <Empty title="No requests yet">
        <p>
          To connect a program, set <code>LINQ_BASE_URL</code> as the command shows in its terminal.
        </p>
      </Empty>
    );
  }
  const rows = requests.map(({ id, at, method, path, status, duration, fault }) => ({
    key: id,
    cells: [
      clock(at),
      <span class="url">{`${method} ${path}`}</span>,
      status ?? "–",
      lasting(duration),
      fault,
    ],
  }));
  return (
    <Table
      label="Requests, newest first"
      columns={["Time", "Request", "#Status", "#Took", "Fault"]}
      rows={rows}
    />
  );
}
