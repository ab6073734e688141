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
  readonly settle: (result?: Promise<string | undefined>) => void;
  /** Those that are made for all of the callers. */
  attempts: readonly Attempt[];
  /** Ends what is read for all of them. */
  controller?: AbortController;
}

/** The readings of callers with the same limits. */
interface Lane {
  running: Reading | undefined;
  /** Has not begun, so whoever asks may still join it. */
  waiting: Reading;
}

/** Reads the list for those who ask. */
interface Readings {
  readonly read: Read;
  /** Notes a write on its way, after which its caller is going to ask. */
  readonly afterWrite: <T>(written: Promise<T>) => Promise<T>;
}

/** The longest time, in ms, that anybody waits for what others have begun. */
const LONGEST_WAIT = 1_000;

/**
 * Lets all who ask for the list while it is being read share the next reading, which also waits for
 * the writes on their way, since each is followed by a look: 100 calls of `ensure` at once take up to
 * 5 lists, and took 200. Nobody joins a reading that has begun, since it may be older than what he has
 * written before he asked, and the guard rests on seeing that.
 *
 * Who asks alone reads by his own call, as if there were no others. A reading that is shared is a call
 * with the limits that all who share it have, and ends early only when each of them has left. Its
 * attempts become theirs. Where it fails, each reads for himself, so that an error is of one call, with
 * its history and what it hides.
 */
export function shareReadings(run: Http["run"], read: Read): Readings {
  const lanes = new Map<string, Lane>();
  let writes = 0;

  return {
    read: async (call) => {
      const key = [call.timeout, call.totalTimeout, call.maxRetries].join();
      const lane = lanes.get(key) ?? { running: undefined, waiting: createReading() };
      lanes.set(key, lane);
      const reading = lane.waiting;
      const { callers } = reading;
      const isIdle = !lane.running && callers.size === 0;
      callers.add(call);
      const beginIfWaiting = (): void => {
        if (lane.waiting === reading) begin(lane, call);
      };
      const timer = isIdle ? undefined : setTimeout(beginIfWaiting, LONGEST_WAIT);
      if (isIdle) beginIfWaiting();
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
        if (callers.size === 0) {
          reading.controller?.abort();
          if (lane.running === reading) lane.running = undefined;
          goOn(lane, key);
        }
      }
      return read(call);
    },
    afterWrite: async (written) => {
      writes++;
      try {
        return await written;
      } finally {
        writes--;
        for (const [key, lane] of lanes) goOn(lane, key);
      }
    },
  };

  /** Begins the next reading, unless something is on its way that is worth waiting for. */
  function goOn(lane: Lane, key: string): void {
    const [next] = lane.waiting.callers;
    if (lane.running) return;
    if (!next && lanes.get(key) === lane) lanes.delete(key);
    if (next && writes === 0) begin(lane, next);
  }

  function begin(lane: Lane, { timeout, totalTimeout, maxRetries }: Call): void {
    const reading = (lane.running = lane.waiting);
    lane.waiting = createReading();
    const callers = [...reading.callers];
    if (callers.length === 1) {
      reading.settle();
      return;
    }
    const { signal } = (reading.controller = new AbortController());
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
    const limits = { timeout, totalTimeout, maxRetries };
    reading.settle(run({ ...limits, signal }, readForAll).catch(() => undefined));
  }
}

function createReading(): Reading {
  let settle: Reading["settle"] = () => undefined;
  const result = new Promise<string | undefined>((resolve) => {
    settle = resolve;
  });
  return { callers: new Set(), result, settle, attempts: [] };
}
