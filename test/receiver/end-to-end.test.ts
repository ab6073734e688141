import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequestListener } from "@remix-run/node-fetch-server";
import { afterAll, afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { createLinqClient } from "../../src/index.js";
import {
  createMemoryStore,
  createReceiver,
  EVENT_NAMES,
  type EventHandlers,
  type LinqEvent,
  type Receiver,
  type ReceiverOptions,
} from "../../src/receiver/index.js";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/index.js";
import { bundleProgram } from "../support/bundle-program.js";
import { type ReceiverProcess, startReceiver } from "../support/start-receiver.js";

const secret = "a secret of our own";
const HOOK = "https://example.com/hook";

/** Handlers of all events that record what they get. */
function collect(
  handled: LinqEvent[],
  work: (event: LinqEvent) => unknown = () => undefined,
): EventHandlers {
  const handler = async (event: LinqEvent): Promise<void> => {
    await work(event);
    handled.push(event);
  };
  // Each handler takes the event of its own name, and this one takes all of them.
  return Object.fromEntries(EVENT_NAMES.map((name) => [name, handler])) as unknown as EventHandlers;
}

/** Subscribes a URL to all events, as many times as given. */
async function subscribe(sandbox: Sandbox, webhook_url: string, times = 1): Promise<void> {
  const { webhookSubscriptions } = createLinqClient({ token: "any-token", fetch: sandbox.fetch });
  const input = { webhook_url, events: EVENT_NAMES, secret };
  await webhookSubscriptions.ensure(input);
  for (let made = 1; made < times; made++) {
    await webhookSubscriptions.create(input, { allowDuplicate: true });
  }
}

const emitAll = (sandbox: Sandbox): Promise<unknown> =>
  Promise.all(EVENT_NAMES.map((name) => sandbox.emit(name)));

const namesOf = (events: readonly LinqEvent[]): string[] =>
  events.map(({ event_type }) => event_type).sort();

const ALL = [...EVENT_NAMES].sort();

/** Lets everything else run between two attempts. */
const noSleep = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** When the connection of an attempt breaks: before its delivery is handled, after it, or never. */
type Fate = "before" | "after" | "none";

/** Serves a receiver over real HTTP; the attempts of each delivery meet the fates in turn. */
async function serve({ fetch }: Receiver, fates: readonly Fate[]): Promise<string> {
  const attempts = new Map<unknown, number>();
  const server = createServer((request, response) => {
    // The same body has the same signature at each attempt.
    const signature = request.headers["x-webhook-signature"];
    const attempt = attempts.get(signature) ?? 0;
    attempts.set(signature, attempt + 1);
    const fate = fates[attempt];
    if (fate === "before") {
      request.socket.destroy();
      return;
    }
    createRequestListener(async (delivery) => {
      const answer = await fetch(delivery);
      if (fate === "after") request.socket.destroy();
      return answer;
    })(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // The address is a string only for pipes, and null only before listening.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

describe("from the sandbox to the handler, over HTTP", () => {
  it.each<[string, Fate[]]>([
    ["nothing goes wrong", []],
    ["the connection breaks before the handler runs", ["before"]],
    ["the connection breaks after the handler has run", ["after"]],
    ["it breaks again and again", ["before", "after", "before", "after"]],
  ])("every event is handled once when %s", async (_name, fates) => {
    const handled: LinqEvent[] = [];
    const receiver = createReceiver({ secret, on: collect(handled) });
    const sandbox = createSandbox({ switches: { redelivery: fates.length }, sleep: noSleep });
    await subscribe(sandbox, await serve(receiver, fates));
    await emitAll(sandbox);
    expect(namesOf(handled)).toEqual(ALL);
    expect(sandbox.deliveries).toHaveLength((fates.length + 1) * EVENT_NAMES.length);
    expect(sandbox.deliveries.filter(({ status }) => status === 200)).toHaveLength(
      EVENT_NAMES.length,
    );
  });

  const dedupeKey = ({ event_type, data }: LinqEvent): string =>
    `${event_type} ${JSON.stringify(data)}`;

  it.each<[string, SandboxOptions["switches"], Partial<ReceiverOptions>, Fate[]]>([
    ["carry the same id", { twinEventIds: "same" }, {}, []],
    ["carry the same id, and break", { twinEventIds: "same" }, {}, ["before", "after"]],
    ["carry different ids", { twinEventIds: "different" }, { dedupeKey }, []],
    ["carry different ids, and break", { twinEventIds: "different" }, { dedupeKey }, ["after"]],
  ])("every event is handled once when duplicates %s", async (_name, switches, options, fates) => {
    const handled: LinqEvent[] = [];
    const receiver = createReceiver({ secret, on: collect(handled), ...options });
    const sandbox = createSandbox({
      switches: { ...switches, redelivery: fates.length },
      sleep: noSleep,
    });
    await subscribe(sandbox, await serve(receiver, fates), 2);
    await emitAll(sandbox);
    expect(namesOf(handled)).toEqual(ALL);
    expect(sandbox.deliveries.filter(({ status }) => status === 200)).toHaveLength(
      2 * EVENT_NAMES.length,
    );
  });

  it("duplicates with different ids are handled as two events without a dedupeKey", async () => {
    const handled: LinqEvent[] = [];
    const receiver = createReceiver({ secret, on: collect(handled) });
    const sandbox = createSandbox({ switches: { twinEventIds: "different" } });
    await subscribe(sandbox, await serve(receiver, []), 2);
    await emitAll(sandbox);
    expect(handled).toHaveLength(2 * EVENT_NAMES.length);
  });

  it.each([1, 2])(
    "an event whose handler throws is redelivered, with %d subscriptions",
    async (n) => {
      const handled: LinqEvent[] = [];
      const failed = new Set<string>();
      const errors: unknown[] = [];
      const receiver = createReceiver({
        secret,
        on: collect(handled, ({ event_type }) => {
          if (failed.has(event_type)) return;
          failed.add(event_type);
          throw new Error("not now");
        }),
        onError: (error) => errors.push(error),
      });
      const sandbox = createSandbox({ switches: { redelivery: 1 }, sleep: noSleep });
      await subscribe(sandbox, await serve(receiver, []), n);
      await emitAll(sandbox);
      expect(namesOf(handled)).toEqual(ALL);
      expect(sandbox.deliveries.filter(({ status }) => status === 200)).toHaveLength(
        n * EVENT_NAMES.length,
      );
      // Simultaneous duplicates share one failure, and both report it.
      expect(errors.length).toBeGreaterThanOrEqual(EVENT_NAMES.length);
    },
  );
});

describe("a handler that is slower than the sender", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Emits all events to handlers that take 25 s. */
  async function emitSlowly(
    options: Partial<ReceiverOptions>,
  ): Promise<{ handled: LinqEvent[]; sandbox: Sandbox }> {
    const handled: LinqEvent[] = [];
    const on = collect(handled, () => new Promise((resolve) => setTimeout(resolve, 25_000)));
    const receiver = createReceiver({ secret, on, ...options });
    const sandbox = createSandbox({
      receivers: { [HOOK]: receiver.fetch },
      switches: { redelivery: 4 },
    });
    await subscribe(sandbox, HOOK);
    const emitted = emitAll(sandbox);
    await vi.advanceTimersByTimeAsync(120_000);
    await emitted;
    return { handled, sandbox };
  }

  it("is not called again, and its deliveries are answered with 200", async () => {
    const { handled, sandbox } = await emitSlowly({});
    expect(namesOf(handled)).toEqual(ALL);
    expect(sandbox.deliveries.map(({ status }) => status)).toEqual(ALL.map(() => 200));
  });

  it("is not called again by a redelivery that arrives while it runs", async () => {
    const { handled, sandbox } = await emitSlowly({ ackTimeout: Infinity });
    expect(namesOf(handled)).toEqual(ALL);
    const statuses = sandbox.deliveries.map(({ status }) => status ?? "none");
    expect(statuses.filter((status) => status === "none")).toHaveLength(2 * EVENT_NAMES.length);
    expect(statuses.filter((status) => status === 200)).toHaveLength(EVENT_NAMES.length);
  });
});

describe("a receiver in its own process, with a store that survives it", () => {
  const program = bundleProgram("./receiver-program.ts");
  afterAll(program.remove);

  /** Processes that replace each other, and the results of the deliveries. */
  function createWorld(betweenAttempts: readonly (() => Promise<unknown>)[]): World {
    let now = 0;
    let attempt = 0;
    let current: ReceiverProcess | undefined;
    const store = createMemoryStore({ now: () => now });
    const handled: unknown[] = [];
    const sandbox = createSandbox({
      switches: { redelivery: betweenAttempts.length },
      sleep: async () => {
        await betweenAttempts[attempt++]?.();
      },
      fetch: (_url, init) => fetch(current?.url ?? "", init),
    });
    return {
      sandbox,
      handled,
      wait: (ms) => {
        now += ms;
      },
      start: async (onReport = () => undefined, ackTimeout = 60_000) => {
        current = await startReceiver({
          program: program.path,
          secret,
          store,
          ackTimeout,
          onReport: (report, child) => {
            if (report.kind === "handled") handled.push(report.eventId);
            onReport(report, child);
          },
        });
        onTestFinished(current.kill);
        return current;
      },
    };
  }

  interface World {
    readonly sandbox: Sandbox;
    /** The ids of the events whose handlers have finished. */
    readonly handled: unknown[];
    /** Lets time pass for the store. */
    readonly wait: (ms: number) => void;
    readonly start: (
      onReport?: Parameters<typeof startReceiver>[0]["onReport"],
      ackTimeout?: number,
    ) => Promise<ReceiverProcess>;
  }

  it("handles an event again when its process died handling it and its claim expired", async () => {
    const world = createWorld([
      async () => {
        const heir = await world.start((report) => {
          if (report.kind === "handling") heir.finish();
        });
      },
      () => {
        world.wait(300_000);
        return Promise.resolve();
      },
    ]);
    await world.start(({ kind }, child) => {
      if (kind === "handling") child.kill();
    });
    await subscribe(world.sandbox, HOOK);
    const attempts = await world.sandbox.emit("message.received");
    expect(attempts.map(({ status }) => status)).toEqual([undefined, 503, 200]);
    expect(world.handled).toEqual([attempts[0]?.event_id]);
  });

  it("handles an event twice at worst if its process dies before the completion", async () => {
    const world = createWorld([
      async () => {
        world.wait(300_000);
        const heir = await world.start((report) => {
          if (report.kind === "handling") heir.finish();
        });
      },
    ]);
    const first = await world.start((report, child) => {
      if (report.kind === "handling") first.finish();
      if (report.kind === "store" && report.operation.name === "complete") child.kill();
    });
    await subscribe(world.sandbox, HOOK);
    const attempts = await world.sandbox.emit("message.received");
    expect(attempts.map(({ status }) => status)).toEqual([undefined, 200]);
    expect(world.handled).toEqual([attempts[0]?.event_id, attempts[0]?.event_id]);
  });

  it("loses no event when it is terminated while a handler is running", async () => {
    const world = createWorld([
      async () => {
        first.finish();
        expect(await first.ended).toBe(0);
        const heir = await world.start((report) => {
          if (report.kind === "handling") heir.finish();
        });
      },
    ]);
    // It answers immediately and keeps running.
    const first = await world.start(undefined, 1);
    await subscribe(world.sandbox, HOOK);
    const [accepted] = await world.sandbox.emit("message.received");
    expect([accepted?.status, world.handled]).toEqual([200, []]);
    const closing = first.next("closing");
    first.terminate();
    await closing;
    const attempts = await world.sandbox.emit("message.received");
    expect(attempts).toHaveLength(2);
    expect(attempts[0]?.status).not.toBe(200);
    expect(world.handled).toEqual([accepted?.event_id, attempts[0]?.event_id]);
  });
});
