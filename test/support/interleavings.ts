import { converge, type Ports } from "../../src/subscriptions/converge.js";
import type { WebhookSubscription } from "../../src/subscriptions/subscription.js";
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
  /** Events asked for by a client that finished, and delivered by none. */
  readonly lost: string[];
}

/** How hard the interleavings are. */
export interface Hardships {
  /** Clients die at any request; afterwards each is started again, one after the other. */
  readonly crashes: boolean;
}

/** Runs one interleaving of two to eight clients that want random sets of events. */
export async function runInterleaving(seed: number, hardships: Hardships): Promise<Verdict> {
  const random = createRandom(seed);
  const server = createServer();
  const scheduler = createScheduler(random, hardships.crashes ? 0.02 : 0);
  const wants = Array.from({ length: 2 + Math.floor(random() * 7) }, () => {
    const some = EVENTS.filter(() => random() < 0.5);
    return some.length > 0 ? some : ["a"];
  });
  const finished = new Set<string>();
  const start = async (wanted: string[], turn: () => Promise<void>): Promise<void> => {
    const goal = { wanted: new Set(wanted), guarded: new Set(wanted), version: 2 };
    const ports = createPorts(server, turn, random);
    await converge(URL_OF_ALL, { ...goal, needsSecret: false }, ports);
    for (const event of wanted) finished.add(event);
  };

  await scheduler.runAll(wants.map((wanted) => (turn) => start(wanted, turn)));
  if (hardships.crashes) {
    for (const wanted of wants) await start(wanted, () => Promise.resolve());
  }
  const delivered = [...server.subscriptions.values()].flatMap(({ events }) => events);
  return {
    twice: delivered.filter((event, index) => delivered.indexOf(event) !== index),
    lost: [...finished].filter((event) => !delivered.includes(event)),
  };
}

interface Server {
  readonly subscriptions: Map<number, WebhookSubscription>;
  nextId: number;
}

function createServer(): Server {
  return { subscriptions: new Map(), nextId: 1 };
}

/** One client's view of the server: every request waits for its turn. */
function createPorts(server: Server, turn: () => Promise<void>, random: () => number): Ports {
  const { subscriptions } = server;
  const store = (id: number, events: readonly string[]): void => {
    subscriptions.set(id, {
      id,
      events: [...events],
      webhook_url: URL_OF_ALL,
      version: 2,
      active: true,
    });
  };
  return {
    list: async () => {
      await turn();
      const seen = [...subscriptions.values()].sort((a, b) => a.id - b.id);
      await turn();
      return seen;
    },
    create: async (events) => {
      await turn();
      const id = server.nextId++;
      // The id is taken, but others may see higher ids before this one shows up.
      if (random() < 0.3) for (let turns = random() * 6; turns > 0; turns--) await turn();
      store(id, events);
      if (random() < 0.15) await turn();
    },
    update: async ({ id }, events) => {
      await turn();
      if (subscriptions.has(id)) store(id, events);
    },
    delete: async ({ id }) => {
      await turn();
      subscriptions.delete(id);
    },
    pause: turn,
  };
}

interface Scheduler {
  /** Runs tasks that ask for their turn before each request, one request at a time. */
  runAll(tasks: ((turn: () => Promise<void>) => Promise<void>)[]): Promise<void>;
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
        // Everybody who can run does so until he waits for his turn.
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
