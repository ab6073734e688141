import { read } from "./api.js";
import type { PageRequest, PageDelivery, PageState } from "../../cli/page/protocol.js";
import { createDeliveryLog, type DeliveryLog } from "./delivery-log.js";
import { createTally, type Tally } from "./tally.js";

/** `ended`: the server no longer knows this page. */
export type Connection = "connecting" | "open" | "lost" | "ended";

/** What comes from the server as it happens. */
export interface Live {
  readonly state: () => PageState | undefined;
  /** Takes a state that an answer has brought; one that is older than what is known is left. */
  readonly takeState: (said: PageState) => void;
  readonly connection: () => Connection;
  readonly deliveries: DeliveryLog;
  readonly tally: Tally;
  /** Newest first. */
  readonly requests: () => readonly PageRequest[];
  /** How many requests to the sandbox may have changed a subscription. */
  readonly writes: () => number;
}

/** How long to wait before the next attempt when the server has closed the stream, in ms. */
const RECONNECT_AFTER = 2_000;

const MAX_REQUESTS = 200;

/**
 * Listens to the server for as long as the page is open.
 *
 * @param onChange - called after every change, which may be hundreds of times a second.
 */
export function listenToServer(onChange: () => void): Live {
  const deliveries = createDeliveryLog();
  const tally = createTally();
  let state: PageState | undefined;
  let connection: Connection = "connecting";
  let requests: readonly PageRequest[] = [];
  let writes = 0;

  const setConnection = (now: Connection): void => {
    connection = now;
    onChange();
  };
  const takeState = (said: PageState): void => {
    if (said.revision >= (state?.revision ?? 0)) state = said;
    onChange();
  };
  const on = {
    state: takeState,
    delivery: (data: PageDelivery): void => {
      const before = deliveries.get(data.id);
      tally.count(Date.parse(data.receivedAt), data.outcome, before?.outcome);
      deliveries.add(data);
    },
    request: (data: PageRequest): void => {
      if (data.method !== "GET") writes += 1;
      requests = [data, ...requests.filter(({ id }) => id !== data.id)].slice(0, MAX_REQUESTS);
    },
  };
  connect();
  return {
    state: () => state,
    takeState,
    connection: () => connection,
    deliveries,
    tally,
    requests: () => requests,
    writes: () => writes,
  };

  function connect(): void {
    const stream = new EventSource("/_/api/stream");
    stream.onopen = async () => {
      const said = await read("state").catch(() => undefined);
      if (said !== undefined) takeState(said as PageState); // The answer of our own server.
      // It may have broken meanwhile.
      if (stream.readyState === EventSource.OPEN) setConnection("open");
    };
    stream.onerror = () => {
      // A stream that broke comes back by itself, with the id of what it saw last.
      setConnection("lost");
      if (stream.readyState === EventSource.CLOSED) void reconnect();
    };
    for (const [name, take] of Object.entries(on)) {
      stream.addEventListener(name, ({ data }: MessageEvent<string>) => {
        // Both sides come from one package, and the server writes nothing else under these names.
        (take as (data: unknown) => void)(JSON.parse(data));
        onChange();
      });
    }
  }

  async function reconnect(): Promise<void> {
    const { status } = await fetch("/_/api/state").catch(() => ({ status: 0 }));
    if (status === 401) setConnection("ended");
    else setTimeout(connect, RECONNECT_AFTER);
  }
}
