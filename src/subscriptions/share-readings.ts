import type { Attempt } from "../errors/request-error.js";
import type { Call } from "../http/call.js";
import type { Limits } from "../http/call-options.js";
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
interface Lane extends Limits {
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
  const lanes: Lane[] = [];
  let writes = 0;

  return {
    read: async (call) => {
      const lane = lanes.find((known) => haveSameLimits(known, call));
      return lane ? readTogether(lane, call) : readAlone(call);
    },
    afterWrite: async (written) => {
      writes++;
      try {
        return await written;
      } finally {
        writes--;
        for (const lane of [...lanes]) goOn(lane);
      }
    },
  };

  async function readAlone(call: Call): ReturnType<Read> {
    const { timeout, totalTimeout, maxRetries } = call;
    const lane: Lane = { timeout, totalTimeout, maxRetries, running: call, waiting: undefined };
    lanes.push(lane);
    try {
      return await read(call);
    } finally {
      end(lane, call);
    }
  }

  async function readTogether(lane: Lane, call: Call): ReturnType<Read> {
    const reading = (lane.waiting ??= createReading());
    const { callers } = reading;
    callers.add(call);
    const timer = setTimeout(() => {
      if (lane.waiting === reading) begin(lane, reading);
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
        end(lane, reading);
      }
    }
    return read(call);
  }

  function end(lane: Lane, ended: Reading | Call): void {
    if (lane.running === ended) lane.running = undefined;
    goOn(lane);
  }

  /** Begins the next reading, unless a reading or a write is pending. */
  function goOn(lane: Lane): void {
    const { running, waiting } = lane;
    if (running) return;
    const at = lanes.indexOf(lane);
    if (!waiting && at >= 0) lanes.splice(at, 1);
    if (waiting && writes === 0) begin(lane, waiting);
  }

  function begin(lane: Lane, reading: Reading): void {
    const { timeout, totalTimeout, maxRetries } = lane;
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

function haveSameLimits(one: Limits, other: Limits): boolean {
  return (
    one.timeout === other.timeout &&
    one.totalTimeout === other.totalTimeout &&
    one.maxRetries === other.maxRetries
  );
}

function createReading(): Reading {
  let settle: Reading["settle"] = () => undefined;
  const result = new Promise<string | undefined>((resolve) => {
    settle = resolve;
  });
  return { callers: new Set(), result, settle, attempts: [] };
}
