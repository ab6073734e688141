import type { Attempt } from "../errors/request-error.js";
import type { Call } from "../http/call.js";
import { untilOver } from "../http/deadline.js";
import type { Http } from "../http/http.js";
import type { WebhookSubscription } from "./subscription.js";

/** Reads the whole list as a part of a call. */
type Read = (call: Call) => Promise<WebhookSubscription[]>;

/** One reading of the list, and the calls that share it. */
interface Reading {
  readonly callers: Set<Call>;
  /** The list as JSON, from which each call makes its copy; undefined if each call must read on its own. */
  readonly result: Promise<string | undefined>;
  readonly settle: (result?: Promise<string | undefined>) => void;
  /** The attempts of the shared call. */
  attempts: readonly Attempt[];
  /** Aborts the shared call. */
  controller?: AbortController;
}

/** The readings of calls with the same limits. */
interface Lane {
  /** The reading that has begun last, until it ends: a shared one, or the call that reads alone. */
  running: Reading | Call | undefined;
  /** Has not begun, so further calls can join it. */
  waiting: Reading | undefined;
}

/** Reads the list, and shares readings between calls. */
interface Readings {
  readonly read: Read;
  /** Registers a pending write, after which its call will read the list. */
  readonly afterWrite: <T>(written: Promise<T>) => Promise<T>;
}

/** The longest time, in ms, that a call waits for the requests of other calls. */
const LONGEST_WAIT = 1_000;

/**
 * Makes calls that need the list during a reading share the next one. The next reading also waits for
 * pending writes, because each of them is followed by a reading: 100 concurrent calls of `ensure` take up
 * to 5 lists instead of 200. No call joins a reading that has begun, because that list may be older than
 * the call's own writes, and the guard must see these.
 *
 * A call that is alone reads the list within itself. A shared reading is a call of its own, with the limits
 * that its callers have in common, and it is aborted only when all of them have left. Each caller gets its
 * attempts. If it fails, each caller reads on its own, so that an error belongs to one call, with its
 * attempts and its hidden values.
 */
export function shareReadings(run: Http["run"], read: Read): Readings {
  const lanes = new Map<string, Lane>();
  let writes = 0;

  return {
    read: async (call) => {
      const key = [call.timeout, call.totalTimeout, call.maxRetries].join();
      const lane = lanes.get(key) ?? { running: undefined, waiting: undefined };
      lanes.set(key, lane);
      const isIdle = !lane.running && !lane.waiting;
      return isIdle ? readAlone(lane, key, call) : readTogether(lane, key, call);
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

  async function readAlone(lane: Lane, key: string, call: Call): ReturnType<Read> {
    lane.running = call;
    try {
      return await read(call);
    } finally {
      end(lane, key, call);
    }
  }

  async function readTogether(lane: Lane, key: string, call: Call): ReturnType<Read> {
    const reading = (lane.waiting ??= createReading());
    const { callers } = reading;
    callers.add(call);
    const timer = setTimeout(() => {
      if (lane.waiting === reading) begin(lane, reading, call);
    }, LONGEST_WAIT);
    try {
      const json = await untilOver(call, reading.result).finally(() =>
        call.attempts.push(...reading.attempts),
      );
      // The JSON was made from such a list.
      if (json !== undefined) return JSON.parse(json) as WebhookSubscription[];
      // Other calls wait until this one has read.
      if (callers.size === 1) return await read(call);
    } finally {
      clearTimeout(timer);
      callers.delete(call);
      if (callers.size === 0) {
        reading.controller?.abort();
        if (lane.waiting === reading) lane.waiting = undefined;
        end(lane, key, reading);
      }
    }
    return read(call);
  }

  function end(lane: Lane, key: string, ended: Reading | Call): void {
    if (lane.running === ended) lane.running = undefined;
    goOn(lane, key);
  }

  /** Begins the next reading, unless a reading or a write is pending. */
  function goOn(lane: Lane, key: string): void {
    const { running, waiting } = lane;
    if (running) return;
    const [next] = waiting?.callers ?? [];
    if (!next && lanes.get(key) === lane) lanes.delete(key);
    if (waiting && next && writes === 0) begin(lane, waiting, next);
  }

  function begin(lane: Lane, reading: Reading, { timeout, totalTimeout, maxRetries }: Call): void {
    lane.running = reading;
    lane.waiting = undefined;
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
