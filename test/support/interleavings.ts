import { CreateOutcomeUnknownError } from "../../src/errors/create-outcome-unknown-error.js";
import { LinqConnectionError } from "../../src/errors/connection-error.js";
import { SubscriptionNotFoundError } from "../../src/errors/subscription-not-found-error.js";
import { createConfirmed } from "../../src/subscriptions/confirmed.js";
import { converge, type Ports } from "../../src/subscriptions/converge.js";
import { obstacleError, unsettledError } from "../../src/subscriptions/obstacle.js";
import { LONGEST_PAUSE } from "../../src/subscriptions/pauses.js";
import type { WebhookSubscription } from "../../src/subscriptions/subscription.js";
import type { Written } from "../../src/subscriptions/write-once.js";
import { createRandom } from "./random.js";

/**
 * The real loop, run by several clients against one server in memory, with a scheduler that decides
 * by a seed which client's request happens next. No clock, no network: a seed is one interleaving.
 */

const EVENTS = ["a", "b", "c", "d", "e", "f"];
const URL_OF_ALL = "https://example.com/hook";

/** What went wrong in one interleaving; both empty when nothing did. */
export interface Verdict {
  /** Events that two subscriptions deliver. */
  readonly twice: string[];
  /** Events asked for by a client that was told that all is well, and delivered by none. */
  readonly lost: string[];
}

/** How hard the interleavings are. */
export interface Hardships {
  /** Clients die at any request; afterwards each is started again, one after the other. */
  readonly crashes?: boolean;
  /** How many POSTs are not answered: written, not written, or written later. From 0 to 1. */
  readonly lostAnswers?: number;
  /** Whether a late write may land even after the longest wait, which the loop does not promise. */
  readonly tooLate?: boolean;
}

/** Runs one interleaving of two to eight clients that want random sets of events. */
export async function runInterleaving(seed: number, hardships: Hardships): Promise<Verdict> {
  const random = createRandom(seed);
  const server: Server = { subscriptions: new Map(), nextId: 1, late: [] };
  const scheduler = createScheduler(random, hardships.crashes ? 0.02 : 0);
  const wants = Array.from({ length: 2 + Math.floor(random() * 7) }, () => {
    const some = EVENTS.filter(() => random() < 0.5);
    return some.length > 0 ? some : ["a"];
  });
  const promised = new Set<string>();
  const start = async (wanted: string[], turn: Turn): Promise<void> => {
    const goal = {
      wanted: new Set(wanted),
      guarded: new Set(wanted),
      version: 2,
      hasSecret: false,
      signs: "none",
      onlyDeletes: false,
    } as const;
    const ports = createPorts(server, turn, random, hardships);
    const confirmed = createConfirmed();
    const start = { webhookUrl: URL_OF_ALL, goal, confirmed, maxRetries: 2, recheckAfter: 0 };
    try {
      await converge(start, ports);
    } catch (error) {
      // Where the truth cannot be known, nothing is promised.
      if (error instanceof CreateOutcomeUnknownError) return;
      throw error;
    }
    for (const event of wanted) promised.add(event);
  };

  await scheduler.runAll(wants.map((wanted) => (turn) => start(wanted, turn)));
  if (hardships.crashes) {
    for (const land of server.late.splice(0)) land();
    for (const wanted of wants) await start(wanted, () => Promise.resolve());
  }
  for (const land of server.late) land();
  const delivered = [...server.subscriptions.values()].flatMap(({ events }) => events);
  return {
    twice: delivered.filter((event, index) => delivered.indexOf(event) !== index),
    lost: [...promised].filter((event) => !delivered.includes(event)),
  };
}

type Turn = () => Promise<void>;

const context = { method: "POST", path: "", attempts: [] };
const lostAnswer = new LinqConnectionError({ systemCode: "ECONNRESET" }, context, {});
const notFound: Written = {
  end: "refused",
  error: new SubscriptionNotFoundError(1),
  isConflict: true,
};

interface Server {
  readonly subscriptions: Map<number, WebhookSubscription>;
  nextId: number;
  /** Writes that have been accepted and not yet carried out. */
  readonly late: (() => void)[];
}

/** One client's view of the server: every request waits for its turn. */
function createPorts(
  server: Server,
  turn: Turn,
  random: () => number,
  { lostAnswers = 0, tooLate = false }: Hardships,
): Ports {
  const { subscriptions, late } = server;
  const ownLate: (() => void)[] = [];
  const store = (id: number, events: readonly string[]): Written => {
    const fixed = { webhook_url: URL_OF_ALL, version: 2, active: true, secret_configured: false };
    const subscription = { ...fixed, id, events: [...events] };
    subscriptions.set(id, subscription);
    return { end: "done", subscription };
  };
  const step = async (): Promise<void> => {
    await turn();
    if (random() < 0.05) late.shift()?.();
  };
  const writeLater = (events: readonly string[]): void => {
    const land = (): void => {
      ownLate.splice(ownLate.indexOf(land), 1);
      store(server.nextId++, events);
    };
    ownLate.push(land);
    late.push(land);
  };

  return {
    list: async () => {
      await step();
      const seen = [...subscriptions.values()].sort((a, b) => a.id - b.id);
      await step();
      return seen;
    },
    create: async (events) => {
      await step();
      if (random() < lostAnswers) {
        const fate = random();
        if (fate < 0.4) store(server.nextId++, events);
        else if (fate < 0.7) writeLater(events);
        return { end: "in doubt", error: lostAnswer };
      }
      const id = server.nextId++;
      // The id is taken, but others may see higher ids before this one shows up.
      if (random() < 0.3) for (let turns = random() * 6; turns > 0; turns--) await step();
      const written = store(id, events);
      if (random() < 0.15) await step();
      return written;
    },
    update: async ({ target: { id }, events }) => {
      await step();
      return subscriptions.has(id) ? store(id, events) : notFound;
    },
    delete: async (target) => {
      await step();
      return subscriptions.delete(target.id) ? { end: "done", subscription: target } : notFound;
    },
    countDoubts: () => 0,
    isAborted: () => false,
    now: () => 0,
    random,
    obstacle: (obstacle) => obstacleError(obstacle, (text) => text),
    unsettled: (steps, rounds) => unsettledError(steps, rounds, (text) => text),
    stale: ({ subscription }) => new Error(`the list does not change: ${subscription.id}`) as never,
    pause: async (ms) => {
      await step();
      if (ms < LONGEST_PAUSE || tooLate) return;
      for (const land of [...ownLate]) {
        late.splice(late.indexOf(land), 1);
        land();
      }
    },
  };
}

interface Scheduler {
  /** Runs tasks that ask for their turn before each request, one request at a time. */
  readonly runAll: (tasks: ((turn: Turn) => Promise<void>)[]) => Promise<void>;
}

function createScheduler(random: () => number, crashRate: number): Scheduler {
  return {
    runAll: async (tasks) => {
      const waiting: (() => void)[] = [];
      let alive = tasks.length;
      let failure: unknown;
      for (const task of tasks) {
        task(() => new Promise<void>((resolve) => waiting.push(resolve)))
          .catch((error: unknown) => (failure ??= error))
          .finally(() => alive--);
      }
      for (;;) {
        // Every client that can run does so until it waits for its turn.
        while (waiting.length < alive) await Promise.resolve();
        if (failure !== undefined) throw failure as Error;
        if (alive === 0) return;
        const [proceed] = waiting.splice(Math.floor(random() * waiting.length), 1);
        if (random() < crashRate) alive--;
        else proceed?.();
      }
    },
  };
}
