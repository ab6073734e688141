import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { Claim, DeliveryStore } from "../../src/receiver/delivery-store.js";
import { createMemoryStore } from "../../src/receiver/memory-store.js";
import { createOnce, type Run } from "../../src/receiver/once.js";
import { whenBegun } from "../../src/receiver/progress.js";
import { rejectionOf } from "../support/rejection.js";
import { createGate, settleDown } from "./gate.js";
import { type ObservedStore, observeStore } from "./observed-store.js";

/** A promise that never settles: a store has unlimited time. */
const never = new Promise<never>(() => undefined);

interface Subject {
  /** The store has unlimited time, unless `due` is given. */
  readonly once: (keys: string[], task: () => unknown, due?: Promise<unknown>) => Run;
  readonly store: ObservedStore;
  /** The errors of the store. */
  readonly errors: unknown[];
}

function create(other?: Partial<DeliveryStore>, inner?: DeliveryStore): Subject {
  const errors: unknown[] = [];
  const store = observeStore(other, inner);
  const once = createOnce({
    ...TIMES,
    store,
    onError: (error) => errors.push(error),
  });
  return { once: (keys, task, due = never) => once(keys, task, () => due), store, errors };
}

const TIMES = { claimTtl: 1_000, completedTtl: 1_000_000, grace: 0, timeout: 1_000_000 };

const broken = new Error("no connection");
const reject = (): Promise<never> => Promise.reject(broken);
const raise = (): never => {
  throw broken;
};

describe("a task", () => {
  test("runs between its claim and its completion", async () => {
    const { once, store } = create();
    const { outcome, progress } = once(["a"], () => store.log.push("task"));
    expect(await outcome).toBe("handled");
    await whenBegun(progress);
    expect(store.log).toEqual(["claim a", "task", "complete a"]);
  });

  test("runs once, however often it is delivered", async () => {
    const { once } = create();
    const task = vi.fn();
    expect(await once(["a"], task).outcome).toBe("handled");
    expect(await once(["a"], task).outcome).toBe("duplicate");
    expect(await once(["b"], task).outcome).toBe("handled");
    expect(task).toHaveBeenCalledTimes(2);
  });

  test.each([
    ["throws", raise],
    ["rejects", reject],
  ])("that %s is released, and runs when it is delivered again", async (_name, fail) => {
    const { once, store } = create();
    expect(await rejectionOf(once(["a"], fail).outcome)).toBe(broken);
    expect(store.log).toEqual(["claim a", "release a"]);
    expect(await once(["a"], () => undefined).outcome).toBe("handled");
  });

  test("that rejects with undefined still fails", async () => {
    const { once } = create();
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- some code does.
    const outcome = once(["a"], () => Promise.reject(undefined)).outcome;
    expect(await rejectionOf(outcome)).toBeUndefined();
  });

  test("that another process has claimed does not run", async () => {
    const { once, store } = create({ claim: () => "pending" });
    const task = vi.fn();
    expect(await once(["a"], task).outcome).toBe("pending");
    expect(task).not.toHaveBeenCalled();
    expect(store.log).toEqual(["claim a"]);
  });

  test("does not run, and rejects, when the store returns an unknown answer", async () => {
    // What stores without types may return.
    for (const answer of [true, undefined, "OK", "Claimed", null, 1]) {
      const { once } = create({ claim: () => answer as unknown as "claimed" });
      const task = vi.fn();
      const error = await rejectionOf(once(["a"], task).outcome);
      expect(error).toMatchObject({ code: "invalid_input", field: "store" });
      expect(String(error)).toContain("`claim` returns");
      expect(task).not.toHaveBeenCalled();
    }
  });

  test("begins only once all of its keys are claimed", async () => {
    const claims = [createGate(), createGate()];
    const { once } = create({
      claim: async (key): Promise<Claim> => {
        await claims[key === "a" ? 0 : 1]?.passed;
        return "claimed";
      },
    });
    const began = vi.fn();
    const task = vi.fn();
    const run = once(["a", "b"], task);
    void whenBegun(run.progress).then(began);
    claims[0]?.open();
    await settleDown();
    expect(began).not.toHaveBeenCalled();
    expect(task).not.toHaveBeenCalled();
    claims[1]?.open();
    expect(await run.outcome).toBe("handled");
    expect(began).toHaveBeenCalledOnce();
  });

  test("never reports a begin when it does not run", async () => {
    const began = vi.fn();
    const claims: DeliveryStore["claim"][] = [() => "completed", () => "pending", reject];
    for (const claim of claims) {
      const { once } = create({ claim });
      const run = once(["a"], () => undefined);
      void whenBegun(run.progress).then(began);
      await run.outcome.catch(() => undefined);
    }
    await settleDown();
    expect(began).not.toHaveBeenCalled();
  });
});

describe("simultaneous duplicates", () => {
  test("share one run, and end when it ends", async () => {
    const { once, store } = create();
    const { passed, open } = createGate();
    const task = vi.fn(() => passed);
    const ended = vi.fn();
    const runs = [once(["a"], task), once(["a"], task), once(["a"], task)];
    for (const { outcome } of runs) void outcome.then(ended);
    await settleDown();
    expect(ended).not.toHaveBeenCalled();
    open();
    expect(await Promise.all(runs.map(({ outcome }) => outcome))).toEqual([
      "handled",
      "duplicate",
      "duplicate",
    ]);
    expect(task).toHaveBeenCalledOnce();
    expect(store.log).toEqual(["claim a", "complete a"]);
  });

  test("fail together, and the next one runs", async () => {
    const { once } = create();
    const runs = [once(["a"], reject), once(["a"], reject)];
    for (const { outcome } of runs) expect(await rejectionOf(outcome)).toBe(broken);
    expect(await once(["a"], () => undefined).outcome).toBe("handled");
  });

  test("are pending together", async () => {
    const { once, store } = create({ claim: () => "pending" });
    const runs = [once(["a"], raise), once(["a"], raise)];
    expect(await Promise.all(runs.map(({ outcome }) => outcome))).toEqual(["pending", "pending"]);
    expect(store.log).toEqual(["claim a"]);
  });

  test("are those that share any key", async () => {
    const { once } = create();
    const task = vi.fn();
    const runs = [once(["a", "s"], task), once(["b", "s"], task)];
    expect(await Promise.all(runs.map(({ outcome }) => outcome))).toEqual(["handled", "duplicate"]);
    expect(await once(["b", "s"], task).outcome).toBe("duplicate");
    expect(await once(["b"], task).outcome).toBe("duplicate");
    expect(task).toHaveBeenCalledOnce();
  });

  test("include those that the task itself delivers", async () => {
    const { once, store } = create();
    const inner: Run[] = [];
    const run = once(["a"], () => inner.push(once(["a"], raise)));
    expect(await run.outcome).toBe("handled");
    expect(await inner[0]?.outcome).toBe("duplicate");
    const failing = once(["b"], () => {
      inner.push(once(["b"], raise));
      throw broken;
    });
    expect(await rejectionOf(failing.outcome)).toBe(broken);
    expect(await rejectionOf(inner[1]?.outcome ?? never)).toBe(broken);
    expect(store.log).toEqual(["claim a", "complete a", "claim b", "release b"]);
  });

  test("are still duplicates while the run is ending", async () => {
    const { once } = create();
    const gate = createGate();
    const { outcome } = once(["a"], () => gate.passed);
    await settleDown();
    gate.open();
    const runs: Run[] = [];
    for (let turn = 0; turn < 20; turn++) {
      runs.push(once(["a"], raise));
      await Promise.resolve();
    }
    expect(runs.map(({ isHandled }) => isHandled)).not.toContain(true);
    expect(await outcome).toBe("handled");
    for (const each of runs) expect(await each.outcome).toBe("duplicate");
  });

  test("do not include runs that are over", async () => {
    const { once, store } = create();
    const runs = ["a", "b", "c"].map((key) => once([key], () => undefined).outcome);
    await Promise.all(runs);
    store.log.length = 0;
    await once(["a"], raise).outcome;
    expect(store.log).toEqual(["claim a"]);
  });
});

describe("several keys", () => {
  test("are all claimed, and all completed", async () => {
    const { once, store } = create();
    await once(["a", "s"], () => undefined).outcome;
    expect(store.log).toEqual(["claim a", "claim s", "complete a", "complete s"]);
  });

  test("are completed one after the other, as a single connection requires", async () => {
    const gates = new Map(["a", "s"].map((key) => [key, createGate()]));
    const { once, store } = create({ complete: (key) => gates.get(key)?.passed });
    const { outcome } = once(["a", "s"], () => undefined);
    await settleDown();
    expect(store.log).toEqual(["claim a", "claim s", "complete a"]);
    gates.get("a")?.open();
    await settleDown();
    expect(store.log).toEqual(["claim a", "claim s", "complete a", "complete s"]);
    gates.get("s")?.open();
    expect(await outcome).toBe("handled");
  });

  test("are all released", async () => {
    const { once, store } = create();
    await rejectionOf(once(["a", "s"], raise).outcome);
    expect(store.log).toEqual(["claim a", "claim s", "release a", "release s"]);
  });

  test("are completed when one of them is", async () => {
    const { once, store } = create();
    await once(["a", "s"], () => undefined).outcome;
    store.log.length = 0;
    expect(await once(["b", "s"], raise).outcome).toBe("duplicate");
    expect(store.log).toEqual(["claim b", "claim s", "complete b"]);
  });

  test("are released when another process has claimed one of them", async () => {
    const { once, store } = create({ claim: (key) => (key === "s" ? "pending" : "claimed") });
    expect(await once(["a", "s"], raise).outcome).toBe("pending");
    expect(store.log).toEqual(["claim a", "claim s", "release a"]);
  });

  test("are released when the store fails at one of them", async () => {
    const claim = (key: string): "claimed" | Promise<never> => (key === "s" ? reject() : "claimed");
    const { once, store } = create({ claim });
    expect(await rejectionOf(once(["a", "s"], raise).outcome)).toBe(broken);
    expect(store.log).toEqual(["claim a", "claim s", "release a"]);
  });
});

describe.each([
  ["throws", raise],
  ["rejects", reject],
])("a store that %s", (_name, fail) => {
  test("at a claim fails the run, and the task does not run", async () => {
    const { once, errors } = create({ claim: fail });
    const task = vi.fn();
    expect(await rejectionOf(once(["a"], task).outcome)).toBe(broken);
    expect(task).not.toHaveBeenCalled();
    expect(errors).toEqual([]);
  });

  test("at a completion is reported, and the task counts as run", async () => {
    const { once, errors, store } = create({ complete: fail });
    expect(await once(["a", "s"], () => undefined).outcome).toBe("handled");
    expect(errors).toEqual([broken, broken]);
    expect(store.log).toEqual(["claim a", "claim s", "complete a", "complete s"]);
  });

  test("at a completion is retried until it succeeds, and reported once", async () => {
    vi.useFakeTimers();
    try {
      let failures = 3;
      const { once, errors, store } = create({
        complete: () => (failures-- > 0 ? fail() : undefined),
      });
      const run = once(["a"], () => undefined);
      expect(await run.outcome).toBe("handled");
      await vi.advanceTimersByTimeAsync(100 + 200 + 400);
      await run.progress.rest;
      expect(store.log).toEqual(["claim a", ...Array.from({ length: 4 }, () => "complete a")]);
      expect(errors).toEqual([broken]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("after carrying out a claim is asked to release it, so the next delivery runs", async () => {
    vi.useFakeTimers();
    try {
      const memory = createMemoryStore();
      let failures = 1;
      const { once } = create({
        claim: (key, options) => {
          const claim = memory.claim(key, options);
          return failures-- > 0 ? fail() : claim;
        },
        release: memory.release,
        complete: memory.complete,
      });
      const run = once(["a"], () => undefined);
      expect(await rejectionOf(run.outcome)).toBe(broken);
      expect(await once(["a"], () => undefined).outcome).toBe("pending");
      await vi.advanceTimersByTimeAsync(100);
      await run.progress.rest;
      expect(await once(["a"], () => undefined).outcome).toBe("handled");
    } finally {
      vi.useRealTimers();
    }
  });

  test("at a completion is given up after the claim has expired", async () => {
    vi.useFakeTimers();
    try {
      const { once, store } = create({ complete: fail });
      const run = once(["a"], () => undefined);
      await run.outcome;
      await vi.advanceTimersByTimeAsync(2 * TIMES.claimTtl);
      await run.progress.rest;
      // Immediately, and after 100, 300, 700 and 1,500 ms.
      expect(store.log.filter((entry) => entry === "complete a")).toHaveLength(5);
    } finally {
      vi.useRealTimers();
    }
  });

  test("at a release is reported, and the run rejects with the error of the task", async () => {
    const { once, errors } = create({ release: fail });
    const own = new Error("of the task");
    const outcome = once(["a"], () => Promise.reject(own)).outcome;
    expect(await rejectionOf(outcome)).toBe(own);
    expect(errors).toEqual([broken]);
  });
});

describe("a store that does not answer", () => {
  const silent = (): Promise<never> => never;

  test("at a claim is given up at the due time, and the next delivery claims again", async () => {
    const { once, store } = create({ claim: silent });
    const { passed, open } = createGate();
    const task = vi.fn();
    const { outcome } = once(["a"], task, passed);
    open();
    expect(await outcome).toBe("unanswered");
    await settleDown();
    const next = createGate();
    const again = once(["a"], task, next.passed);
    next.open();
    expect(await again.outcome).toBe("unanswered");
    expect(store.log).toEqual(["claim a", "claim a"]);
    expect(task).not.toHaveBeenCalled();
  });

  test("until it is too late gets its claim released, and the task does not run", async () => {
    const answer = createGate();
    const memory = createMemoryStore();
    const { once, store } = create(
      {
        claim: async (key, options) => {
          await answer.passed;
          return memory.claim(key, options);
        },
      },
      memory,
    );
    const due = createGate();
    const task = vi.fn();
    const { outcome } = once(["a"], task, due.passed);
    due.open();
    expect(await outcome).toBe("unanswered");
    answer.open();
    await settleDown();
    expect(store.log).toEqual(["claim a", "release a"]);
    expect(task).not.toHaveBeenCalled();
    expect(await once(["a"], task).outcome).toBe("handled");
  });

  test("at a completion or a release is reported, and the result of the task stands", async () => {
    vi.useFakeTimers();
    try {
      for (const other of [{ complete: silent }, { release: silent }]) {
        const { once, errors } = create(other);
        const { outcome } = once(["a"], "complete" in other ? () => undefined : raise);
        const end = outcome.catch((error: unknown) => error);
        await vi.advanceTimersByTimeAsync(TIMES.timeout);
        expect(await end).toBe("complete" in other ? "handled" : broken);
        expect(errors).toMatchObject([{ code: "invalid_input", field: "store" }]);
      }
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("a claim", () => {
  test("has an owner that is unique to its run", async () => {
    const owners: string[] = [];
    const claim: DeliveryStore["claim"] = (_key, { owner }) => {
      owners.push(owner);
      return "claimed";
    };
    const { once } = create({ claim });
    for (const key of ["a", "b"]) await once([key, `${key} too`], () => undefined).outcome;
    expect(owners[0]).toBe(owners[1]);
    expect(owners[2]).toBe(owners[3]);
    expect(owners[0]).not.toBe(owners[2]);
  });

  test("is renewed while the task runs, and no longer", async () => {
    vi.useFakeTimers();
    try {
      const memory = createMemoryStore();
      const { once, store } = create({}, memory);
      const { passed, open } = createGate();
      const { outcome } = once(["a"], () => passed);
      await vi.advanceTimersByTimeAsync(10 * TIMES.claimTtl);
      expect(await memory.claim("a", { owner: "another", ttl: 1 })).toBe("pending");
      expect(store.log.length).toBeGreaterThan(20);
      open();
      expect(await outcome).toBe("handled");
      const count = store.log.length;
      await vi.advanceTimersByTimeAsync(10 * TIMES.claimTtl);
      expect(store.log.length).toBe(count);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test("that cannot be renewed is reported, and the task continues", async () => {
    vi.useFakeTimers();
    try {
      let claims = 0;
      const { once, errors } = create({ claim: () => (claims++ === 0 ? "claimed" : raise()) });
      const { passed, open } = createGate();
      const { outcome } = once(["a"], () => passed);
      await vi.advanceTimersByTimeAsync(TIMES.claimTtl);
      expect(errors.length).toBeGreaterThan(0);
      open();
      expect(await outcome).toBe("handled");
    } finally {
      vi.useRealTimers();
    }
  });

  test("that another process has taken over is left unchanged by this one", async () => {
    let time = 0;
    const shared = createMemoryStore({ now: () => time });
    const slow = create({}, shared);
    const { passed, open } = createGate();
    const { outcome } = slow.once(["a"], () => passed);
    await settleDown();
    // This process was stopped for so long that its claim has run out.
    time = TIMES.claimTtl;
    const other = create({}, shared);
    const theirs = createGate();
    const run = other.once(["a"], () => theirs.passed);
    await settleDown();
    open();
    await outcome;
    expect(await shared.claim("a", { owner: "a third", ttl: 1 })).toBe("pending");
    theirs.open();
    expect(await run.outcome).toBe("handled");
    expect(await shared.claim("a", { owner: "a third", ttl: 1 })).toBe("completed");
  });
});

describe("a process that dies", () => {
  test("between claim and completion delays the event until its claim expires", async () => {
    let time = 0;
    const shared = createMemoryStore({ now: () => time });
    const dead = create({}, shared);
    dead.once(["a"], () => new Promise(() => undefined));
    await settleDown();
    const alive = create({}, shared);
    const task = vi.fn();
    time = 999;
    expect(await alive.once(["a"], task).outcome).toBe("pending");
    time = 1_000;
    expect(await alive.once(["a"], task).outcome).toBe("handled");
    expect(task).toHaveBeenCalledOnce();
  });
});

/**
 * Any interleaving of deliveries of a few events to two processes that share a store; some handlers
 * fail, and all calls of the store wait for their turn.
 */
describe("in any interleaving", () => {
  const delivery = fc.record({
    id: fc.constantFrom("a", "b", "c"),
    hasSecondName: fc.boolean(),
    process: fc.nat(1),
    fails: fc.boolean(),
  });

  test("each event is handled at most once, and none is lost if it is redelivered", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(delivery, { minLength: 1, maxLength: 12 }),
        async (scheduler, deliveries) => {
          const inTurn = async <T>(label: string, act: () => T | Promise<T>): Promise<T> => {
            await scheduler.schedule(Promise.resolve(), label);
            return act();
          };
          const memory = createMemoryStore();
          const shared: DeliveryStore = {
            claim: (key, options) => inTurn(`claim ${key}`, () => memory.claim(key, options)),
            complete: (key, options) =>
              inTurn(`complete ${key}`, () => memory.complete(key, options)),
            release: (key, options) => inTurn(`release ${key}`, () => memory.release(key, options)),
          };
          const onError = vi.fn();
          const processes = [1, 2].map(() =>
            createOnce({
              ...TIMES,
              ...{ claimTtl: Infinity, store: shared, onError },
            }),
          );
          const handled = new Map<string, number>();
          const handle = (id: string, fails: boolean): Promise<void> =>
            inTurn(`handle ${id}`, () => {
              if (fails) throw broken;
              handled.set(id, (handled.get(id) ?? 0) + 1);
            });

          const first = deliveries.map(async ({ id, hasSecondName, process, fails }) => {
            await scheduler.schedule(Promise.resolve(), `deliver ${id}`);
            const keys = hasSecondName ? [id, `second ${id}`] : [id];
            const run = processes[process]?.(
              keys,
              () => handle(id, fails),
              () => never,
            );
            const outcome = await run?.outcome.catch(() => "failed");
            // No delivery is reported as done before it is.
            if (outcome === "handled" || outcome === "duplicate") expect(handled.get(id)).toBe(1);
          });
          await scheduler.waitFor(Promise.all(first));
          for (const { id, process } of deliveries) {
            const run = processes[process]?.(
              [id],
              () => handle(id, false),
              () => never,
            );
            await scheduler.waitFor(run?.outcome ?? Promise.resolve("pending"));
          }
          const ids = new Set(deliveries.map(({ id }) => id));
          expect(handled).toEqual(new Map([...ids].map((id) => [id, 1])));
          expect(onError).not.toHaveBeenCalled();
        },
      ),
      { numRuns: 300 },
    );
  });
});
