import type { ServerResponse } from "node:http";
import type { PageLog } from "./page-log.js";

/** In ms: proxies and browsers close a stream that is silent for a minute. */
const PULSE = 20_000;

/**
 * Sends a log as server-sent events: first the kept entries, then new ones. It buffers only one event
 * for a slow reader, which later continues with the entries that are still kept.
 *
 * @param after - the position after which to continue; 0 for the beginning.
 * @param toJson - renders a value as JSON in one line.
 */
export function streamLog(
  { log, run, toJson }: StreamOptions,
  outgoing: ServerResponse,
  after: number,
): void {
  let place = after;
  let isFull = false;
  const write = (text: string): void => {
    isFull = !outgoing.write(text);
  };
  const pump = (): void => {
    while (!isFull) {
      const entry = log.next(place);
      if (!entry) return;
      place = entry.sequence;
      write(`id: ${run}-${place}\nevent: ${entry.kind}\ndata: ${toJson(entry.value)}\n\n`);
    }
  };
  const stopWatching = log.watch(pump);
  const pulse = setInterval(() => {
    if (!isFull) write(": still here\n\n");
  }, PULSE);
  outgoing.on("drain", () => {
    isFull = false;
    pump();
  });
  outgoing.once("close", () => {
    stopWatching();
    clearInterval(pulse);
  });
  // Shows the page at once that it is connected.
  write(": welcome\n\n");
  pump();
}

export interface StreamOptions {
  readonly log: PageLog;
  /** Identifies this run of the server, because positions of another run are not valid. */
  readonly run: string;
  readonly toJson: (value: object) => string;
}

/** Parses a `Last-Event-ID` header. It returns 0 for a missing, malformed or foreign one. */
export function readPlace(header: string | undefined, run: string): number {
  const [, givenRun, place] = /^([^-]+)-(\d{1,15})$/.exec(header ?? "") ?? [];
  return givenRun === run ? Number(place) : 0;
}
