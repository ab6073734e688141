import type { Attempt } from "../errors/request-error.js";
import type { Call } from "../http/call.js";
import { untilOver } from "../http/deadline.js";
import type { Http } from "../http/http.js";
import type { WebhookSubscription } from "./subscription.js";

/** Reads the whole list as a part of a call. */
type Read = (call: Call) => Promise<WebhookSubscription[]>;

/** One reading of the list, and all whom it serves. */
interface Reading {
  readonly callers: Set<Call>;
  /** The list as JSON, of which each caller makes a copy; undefined for who has to read for himself. */
  readonly result: Promise<string | undefined>;
  readonly settle: (result: Promise<string | undefined> | undefined) => void;
  readonly controller: AbortController;
  /** Those that are made for all of the callers. */
  attempts: readonly Attempt[];
}

/** The readings of callers with the same limits. */
interface Lane {
  running: Reading | undefined;
  /** Has not begun, so whoever asks may still join it. */
  waiting: Reading;
}

/** How long one that hangs keeps the next waiting, in ms. */
const LONGEST_WAIT = 1_000;

/**
 * Lets all who ask for the list while it is being read share the next reading: 100 calls of `ensure`
 * at once take 5 lists, and took 200. Nobody joins a reading that has begun, since it may be older
 * than what he has written before he asked, and the guard rests on seeing that.
 *
 * Who asks alone reads by his own call, as if there were no others. A reading that is shared is a call
 * with the limits that all who share it have, and ends early only when each of them has left. Its
 * attempts become theirs. Where it fails, each reads for himself, so that an error is of one call, with
 * its history and what it hides.
 */
export function shareReadings(run: Http["run"], read: Read): Read {
  const lanes = new Map<string, Lane>();

  return async (call) => {
    const key = [call.timeout, call.totalTimeout, call.maxRetries].join();
    const lane = lanes.get(key) ?? { running: undefined, waiting: createReading() };
    lanes.set(key, lane);
    const reading = lane.waiting;
    const { callers } = reading;
    callers.add(call);
    const beginIfWaiting = (): void => {
      if (lane.waiting === reading) begin(lane, call);
    };
    const timer = lane.running && setTimeout(beginIfWaiting, LONGEST_WAIT);
    if (!lane.running) beginIfWaiting();
    try {
      const json = await untilOver(call, reading.result).finally(() =>
        call.attempts.push(...reading.attempts),
      );
      // It is what has been read as a list.
      if (json !== undefined) return JSON.parse(json) as WebhookSubscription[];
      // The others wait for him.
      if (callers.size === 1) return await read(call);
    } finally {
      clearTimeout(timer);
      callers.delete(call);
      if (callers.size === 0) leave(lane, reading, key);
    }
    return read(call);
  };

  function begin(lane: Lane, { timeout, totalTimeout, maxRetries }: Call): void {
    const reading = (lane.running = lane.waiting);
    lane.waiting = createReading();
    const callers = [...reading.callers];
    const { signal } = reading.controller;
    const readForAll = async (call: Call): Promise<string> => {
      reading.attempts = call.attempts;
      const list = await read({
        ...call,
        hide: (value) => {
          for (const { hide } of callers) hide(value);
        },
        redact: (text) => callers.reduce((shown, { redact }) => redact(shown), text),
      });
      return JSON.stringify(list);
    };
    reading.settle(
      callers.length === 1
        ? undefined
        : run({ signal, timeout, totalTimeout, maxRetries }, readForAll).catch(() => undefined),
    );
  }

  /** Ends what nobody waits for any more, and lets the next ones read. */
  function leave(lane: Lane, reading: Reading, key: string): void {
    reading.controller.abort();
    if (lane.running !== reading) return;
    lane.running = undefined;
    const [next] = lane.waiting.callers;
    if (next) begin(lane, next);
    else lanes.delete(key);
  }
}

function createReading(): Reading {
  let settle: Reading["settle"] = () => undefined;
  const result = new Promise<string | undefined>((resolve) => {
    settle = resolve;
  });
  return { callers: new Set(), result, settle, controller: new AbortController(), attempts: [] };
}
