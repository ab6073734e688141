import { read } from "./api.js";
import type { PageRequest, PageDelivery, PageState } from "../../cli/page/protocol.js";
import { createDeliveryLog, type DeliveryLog } from "./delivery-log.js";
import { createTally, type Tally } from "./tally.js";

/** `ended`: the server no longer knows this page. */
export type Connection = "connecting" | "open" | "lost" | "ended";

/** The live data from the server. */
export interface Live {
  readonly state: () => PageState | undefined;
  /** Takes the state from a response, unless a newer one is known. */
  readonly takeState: (said: PageState) => void;
  readonly connection: () => Connection;
  readonly deliveries: DeliveryLog;
  readonly tally: Tally;
  /** Newest first. */
  readonly requests: () => readonly PageRequest[];
  /** The number of requests to the sandbox that may have changed a subscription. */
  readonly writes: () => number;
}

/** The delay before the next attempt after the server closed the stream, in ms. */
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
      if (said !== undefined) takeState(said as PageState); // Our own server sends this type.
      // The stream may have been lost in the meantime.
      if (stream.readyState === EventSource.OPEN) setConnection("open");
    };
    stream.onerror = () => {
      // The browser reopens a lost stream automatically, with the id of the last event.
      setConnection("lost");
      if (stream.readyState === EventSource.CLOSED) void reconnect();
    };
    for (const [name, take] of Object.entries(on)) {
      stream.addEventListener(name, ({ data }: MessageEvent<string>) => {
        // Both sides are in one package, and the server sends only these types under these names.
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
