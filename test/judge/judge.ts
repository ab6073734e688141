import { createAgenda } from "./agenda.js";
import type { Answer } from "./answer.js";
import { createFetch } from "./fetch.js";
import { answerTo } from "./answer-to.js";
import type { Incoming } from "./incoming.js";
import { type Knobs, PLAIN_KNOBS } from "./knobs.js";
import { createListView } from "./list-view.js";
import { newRow, type World } from "./operations.js";
import { createRandom } from "./random.js";
import { createRateLimiter } from "./rate-limiter.js";
import { type JudgeClock, realClock } from "./real-clock.js";
import { createRecorder, type Recorder, type Verdict } from "./recorder.js";
import { createRequestLog, type RequestLog } from "./request-log.js";
import { readRoute } from "./route.js";
import type { Row } from "./row.js";
import { createTable } from "./table.js";
import { createTraffic } from "./traffic.js";

/** The options of a judge: any knob, and what does not change while it runs. */
export interface JudgeOptions extends Partial<Knobs> {
  /**
   * Decides everything that is left to chance.
   *
   * @default 1
   */
  readonly seed?: number;
  /** @default the clock on the wall */
  readonly clock?: JudgeClock;
  /**
   * What stands before `/api/partner/v2` in every path.
   *
   * @default ""
   */
  readonly basePath?: string;
}

/** A server of the four operations that knows what really happened. */
export interface Judge extends RequestLog, Pick<Recorder, "watch" | "expectGone" | "forgive"> {
  /** The server as a `fetch`, for any origin. */
  readonly fetch: typeof globalThis.fetch;
  /** The server as a function, on which the others are built. */
  readonly handle: (incoming: Incoming) => Promise<Answer | "cut">;
  /** The true rows now. They are copies. */
  readonly rows: () => Row[];
  /** Adds a row. Fields that are left out are those of an active row for one event. */
  readonly addRow: (row?: Partial<Row>) => Row;
  /** Removes a row at once. */
  readonly removeRow: (id: number) => void;
  /** Changes knobs from now on. */
  readonly set: (knobs: Partial<Knobs>) => void;
  /** Carries out all writes at once that are still under way. */
  readonly land: () => void;
  readonly verdict: () => Verdict;
}

/** Makes a judge that is reached by its `fetch` alone. */
export function createJudge(options: JudgeOptions = {}): Judge {
  const { seed = 1, clock = realClock, basePath = "", ...given } = options;
  let knobs: Knobs = { ...PLAIN_KNOBS, ...given };
  const random = createRandom(seed);
  const log = createRequestLog();
  const agenda = createAgenda();
  const limit = createRateLimiter();
  const table = createTable(({ at, by }) => {
    recorder.noteChange(at, by);
  });
  const recorder = createRecorder(table.rows, clock.now);
  const view = createListView(random);
  const world: World = { table, view, agenda, random, knobs: () => knobs };
  const traffic = createTraffic(world);
  traffic.restart(clock.now());

  /** Carries out what was due, before anybody looks. */
  const catchUp = (): number => {
    const now = clock.now();
    agenda.catchUp(now);
    return now;
  };
  const travel = async (): Promise<void> => {
    const [min, max] = knobs.latency;
    if (max > 0) await clock.sleep(Math.round(min + random() * (max - min)));
  };

  const handle = async (incoming: Incoming): Promise<Answer | "cut"> => {
    const at = catchUp();
    const { method, id } = readRoute(incoming, basePath);
    const { token: client, method: verb, path } = incoming;
    const body = readBody(incoming);
    const { request, end } = log.add({ at, client, method: verb, path, id, body });
    const row = id === undefined ? undefined : table.get(id);
    if (row?.foreign && (method === "PUT" || method === "DELETE")) {
      recorder.noteForeignWrite({ request, row });
    }
    const wait = limit(knobs.rateLimit, at);
    await travel();
    const answer = answerTo({ world, method, wait }, request, catchUp());
    await travel();
    end(answer === "cut" ? answer : answer.status);
    return answer;
  };

  return {
    ...log,
    fetch: createFetch(handle),
    handle,
    rows: () => {
      catchUp();
      return structuredClone(table.rows());
    },
    addRow: (partial = {}) => {
      const at = catchUp();
      const { webhook_url = "https://example.com/hook" } = partial;
      const events = ["message.received"];
      const blank = { ...newRow(world, at), webhook_url, events, sentUrl: webhook_url };
      const row = structuredClone({ ...blank, ...partial });
      table.apply({ at, id: row.id, row, by: undefined });
      return structuredClone(row);
    },
    removeRow: (id) => {
      table.apply({ at: catchUp(), id, row: undefined, by: undefined });
    },
    set: (patch) => {
      const now = catchUp();
      knobs = { ...knobs, ...patch };
      if (patch.lagKind === "frozen") view.freeze(table.changes);
      if ("traffic" in patch) traffic.restart(now);
    },
    watch: (webhookUrl, events) => {
      catchUp();
      recorder.watch(webhookUrl, events);
    },
    expectGone: (webhookUrl, events) => {
      catchUp();
      recorder.expectGone(webhookUrl, events);
    },
    forgive: () => {
      catchUp();
      recorder.forgive();
    },
    land: () => {
      agenda.land(clock.now());
    },
    verdict: () => {
      catchUp();
      return recorder.verdict();
    },
  };
}

/** Only a body that says that it is JSON is read as JSON. */
function readBody({ contentType, text }: Incoming): unknown {
  if (text === "") return undefined;
  if (!/^application\/json\b/i.test(contentType)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
