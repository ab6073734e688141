import type { ServerResponse } from "node:http";
import type { PageLog } from "./page-log.js";

/** In ms: proxies and browsers give up on what is silent for a minute. */
const PULSE = 20_000;

/**
 * Sends a log as server-sent events: what is kept, then what comes. A reader that is slow gets what is
 * still kept when it reads on; nothing is put by for it but the one event that is on its way.
 *
 * @param after - the place behind which the reader wants to go on; 0 for the beginning.
 * @param toJson - writes a value as JSON in one line.
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
  // So that the page knows at once that it is connected.
  write(": welcome\n\n");
  pump();
}

export interface StreamOptions {
  readonly log: PageLog;
  /** Stands for this run of the server, since places of another one mean nothing here. */
  readonly run: string;
  readonly toJson: (value: object) => string;
}

/** Reads what a reader has sent as its `Last-Event-ID`. */
export function readPlace(header: string | undefined, run: string): number {
  const [, givenRun, place] = /^([^-]+)-(\d{1,15})$/.exec(header ?? "") ?? [];
  return givenRun === run ? Number(place) : 0;
}
