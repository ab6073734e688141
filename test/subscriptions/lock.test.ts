import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type LinqClient,
  createLinqClient,
  InvalidInputError,
  LinqApiError,
  LinqTimeoutError,
  type Lock,
} from "../../src/index.js";
import { defaultLock } from "../../src/subscriptions/lock.js";
import { bendFetch } from "../support/bend-fetch.js";
import { collectGarbage } from "../support/collect-garbage.js";
import { rejectionOf } from "../support/rejection.js";
import { createWorld, withoutLock, type World } from "../support/sandbox-client.js";

const input = { webhook_url: "https://example.com/hook", events: ["message.sent"] } as const;
const problem = new Error("the lock is broken");

beforeEach(() => {
  vi.stubGlobal("navigator", undefined);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Waits until everything that can happen without help has happened. */
async function settleDown(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A promise that the test settles. */
function defer(): { promise: Promise<void>; resolve: () => void; reject: (reason: Error) => void } {
  let settle: Pick<ReturnType<typeof defer>, "resolve" | "reject"> | undefined;
  const promise = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  if (!settle) throw new Error("a promise calls its executor at once");
  return { promise, ...settle };
}

function expectRefusal(error: unknown, cause: unknown): void {
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(error).toHaveProperty("field", "lock");
  expect(error instanceof Error && error.cause).toBe(cause);
}

describe("the default lock", () => {
  it("runs one task at a time for each key, in the order of the calls", async () => {
    const log: string[] = [];
    const gates = [defer(), defer(), defer()];
    const ends = gates.map(({ promise }, index) =>
      defaultLock("key", async () => {
        log.push(`${index} begins`);
        await promise;
        log.push(`${index} ends`);
      }),
    );
    // The last one could go first, but still waits.
    for (const { resolve } of gates.reverse()) {
      resolve();
      await settleDown();
    }
    await Promise.all(ends);
    expect(log).toEqual(["0 begins", "0 ends", "1 begins", "1 ends", "2 begins", "2 ends"]);
  });

  it("runs tasks of different keys at once", async () => {
    const gate = defer();
    const first = defaultLock("one key", () => gate.promise);
    await expect(defaultLock("another key", () => Promise.resolve("done"))).resolves.toBe("done");
    gate.resolve();
    await first;
  });

  it("returns the result of the task, or throws its error", async () => {
    await expect(defaultLock("key", () => Promise.resolve(7))).resolves.toBe(7);
    await expect(rejectionOf(defaultLock("key", () => Promise.reject(problem)))).resolves.toBe(
      problem,
    );
  });

  it("runs the next task after one that fails", async () => {
    const failed = defaultLock("key", () => Promise.reject(problem));
    const next = defaultLock("key", () => Promise.resolve("next"));
    await expect(rejectionOf(failed)).resolves.toBe(problem);
    await expect(next).resolves.toBe("next");
  });

  it("keeps nothing of tasks that have ended", async () => {
    const ended: WeakRef<object>[] = [];
    for (const key of ["a", "b", "b"]) {
      const result = { of: key };
      ended.push(new WeakRef(result));
      await defaultLock(key, () => Promise.resolve(result));
    }
    await rejectionOf(defaultLock("c", () => Promise.reject(problem)));
    await collectGarbage();
    expect(ended.map((reference) => reference.deref())).toEqual([undefined, undefined, undefined]);
  });
});

/** Lets two clients of one process call `ensure`, and returns their requests in order. */
async function ensureTwice(urls: readonly [string, string], lock?: Lock): Promise<string[]> {
  const { sandbox } = createWorld();
  const log: string[] = [];
  const calls = urls.map((webhook_url, index) => {
    const fetch = bendFetch(sandbox.fetch, async ({ method }, send) => {
      log.push(`${index} ${method}`);
      await settleDown();
      return send();
    });
    const linq = createLinqClient({ token: "any-token", fetch, lock });
    return linq.webhookSubscriptions.ensure({ ...input, webhook_url });
  });
  await Promise.all(calls);
  return log;
}

describe("clients of one process", () => {
  it("take turns at one URL, however it is spelled", async () => {
    const log = await ensureTwice([input.webhook_url, "https://EXAMPLE.com:443/hook#here"]);
    expect(log).toEqual(["0 GET", "0 POST", "0 GET", "1 GET"]);
  });

  it.each([
    ["at different URLs", "https://example.com/other", undefined],
    ["when each has a lock of its own", input.webhook_url, withoutLock],
  ])("do not wait for each other %s", async (_where, url, lock) => {
    const log = await ensureTwice([input.webhook_url, url], lock);
    expect(log.slice(0, 4)).toEqual(["0 GET", "1 GET", "0 POST", "1 POST"]);
  });
});

describe("a runtime with the Web Locks API", () => {
  it("is asked for one lock for each URL", async () => {
    const request = vi.fn((_name: string, task: (lock: object) => unknown) =>
      Promise.resolve(task({ mode: "exclusive" })),
    );
    vi.stubGlobal("navigator", { locks: { request } });
    const { sandbox } = createWorld();
    const linq = createLinqClient({ token: "any-token", fetch: sandbox.fetch });
    const { create, ensure, removeDuplicates } = linq.webhookSubscriptions;
    await create(input);
    await ensure({ ...input, webhook_url: "HTTPS://example.com/hook#again" });
    await ensure({ ...input, webhook_url: "https://example.com/other" });
    await create(input, { allowDuplicate: true });
    await removeDuplicates();
    expect(request.mock.calls.map(([name]) => name)).toEqual([
      "linq-webhooks https://example.com/hook",
      "linq-webhooks https://example.com/hook",
      "linq-webhooks https://example.com/other",
      "linq-webhooks https://example.com/hook",
    ]);
    expect(sandbox.subscriptions).toHaveLength(2);
  });

  it("keeps one client waiting while another one holds the lock", async () => {
    const gate = defer();
    const request = async (_name: string, task: () => unknown): Promise<unknown> => {
      await gate.promise;
      return task();
    };
    vi.stubGlobal("navigator", { locks: { request } });
    const { sandbox, methods } = createWorld();
    const linq = createLinqClient({ token: "any-token", fetch: sandbox.fetch });
    const ensured = linq.webhookSubscriptions.ensure(input);
    await settleDown();
    expect(methods()).toEqual([]);
    gate.resolve();
    await expect(ensured).resolves.toMatchObject({ outcome: "created" });
  });

  it("is not needed: a navigator without locks gets the lock of the process", async () => {
    vi.stubGlobal("navigator", { userAgent: "Node.js/22" });
    await expect(defaultLock("key", () => Promise.resolve("done"))).resolves.toBe("done");
  });
});

describe("a lock from the caller", () => {
  it("is used only by create, ensure, rotateSecret and removeDuplicates", async () => {
    const keys: string[] = [];
    const linq = createWorld().connect({
      lock: (key, task) => {
        keys.push(key);
        return task();
      },
    }).webhookSubscriptions;
    await linq.create(input);
    await linq.create(input, { allowDuplicate: true });
    await linq.create({ ...input, active: false });
    await linq.ensure(input);
    await linq.update(1, { version: 3 });
    await linq.rotateSecret({
      webhook_url: `${input.webhook_url}#again`,
      secret: "another secret",
    });
    await linq.list();
    await linq.get(1);
    await linq.delete(1);
    await linq.findDuplicates();
    await linq.create(input, { allowDuplicate: true });
    await linq.create(input, { allowDuplicate: true });
    await linq.removeDuplicates({ dryRun: true });
    await linq.removeDuplicates();
    expect(keys).toEqual([
      "linq-webhooks https://example.com/hook",
      "linq-webhooks https://example.com/hook",
      "linq-webhooks https://example.com/hook",
      "linq-webhooks https://example.com/hook",
    ]);
  });

  it("keeps removeDuplicates and ensure from taking away each other's choice", async () => {
    const { sandbox } = createWorld();
    const connect = (): LinqClient =>
      createLinqClient({ token: "any-token", fetch: sandbox.fetch });
    const [one, another] = [connect().webhookSubscriptions, connect().webhookSubscriptions];
    await one.create(input);
    await one.create({ ...input, secret: "signed" }, { allowDuplicate: true });
    await Promise.all([
      one.removeDuplicates(),
      another.ensure({ ...input, secret: "signed" }),
      another.removeDuplicates(),
    ]);
    expect(sandbox.subscriptions).toMatchObject([{ secret_configured: true }]);
  });

  it.each<[what: string, lock: Lock]>([
    [
      "returns something other than the result of its task",
      (_key, task) => task().then(() => "else" as never),
    ],
    ["runs its task twice at once", (_key, task) => Promise.all([task(), task()]).then(([a]) => a)],
    ["runs its task again afterwards", (_key, task) => task().then(task)],
    ["fails after its task has ended", (_key, task) => task().then(() => Promise.reject(problem))],
  ])("that %s causes one run of the task, whose result is returned", async (_what, lock) => {
    const { connect, sandbox, methods } = createWorld();
    const result = await connect({ lock }).webhookSubscriptions.ensure(input);
    expect(result).toEqual({ outcome: "created", subscriptions: sandbox.subscriptions });
    expect(methods()).toEqual(["GET", "POST", "GET"]);
  });

  it.each<[what: string, lock: Lock, cause: unknown]>([
    [
      "throws",
      () => {
        throw problem;
      },
      problem,
    ],
    ["rejects", () => Promise.reject(problem), problem],
    ["does not run its task", () => Promise.resolve() as Promise<never>, undefined],
    ["returns no promise", (() => 7) as unknown as Lock, undefined],
  ])("that %s is refused before anything is sent", async (_what, lock, cause) => {
    const { connect, methods } = createWorld();
    const linq = connect({ lock }).webhookSubscriptions;
    const calls = [linq.ensure(input), linq.create(input)];
    for (const error of await Promise.all(calls.map(rejectionOf))) {
      expectRefusal(error, cause);
    }
    expect(methods()).toEqual([]);
  });

  it.each<[what: string, lock: Lock, cause: unknown]>([
    [
      "ends before its task",
      (_key, task) => {
        void task();
        return Promise.resolve() as Promise<never>;
      },
      undefined,
    ],
    [
      "is lost while its task runs",
      (_key, task) => Promise.race([task(), settleDown().then(() => Promise.reject(problem))]),
      problem,
    ],
    [
      "throws after it has started its task",
      (_key, task) => {
        void task();
        throw problem;
      },
      problem,
    ],
  ])("that %s is refused when the task has ended, not before", async (_what, lock, cause) => {
    const { connect, sandbox, methods } = createWorld();
    const fetch = bendFetch(sandbox.fetch, async (_request, send) => {
      await settleDown();
      await settleDown();
      return send();
    });
    const error = await rejectionOf(connect({ lock, fetch }).webhookSubscriptions.ensure(input));
    expectRefusal(error, cause);
    const atTheEnd = methods();
    expect(atTheEnd).toEqual(["GET", "POST", "GET"]);
    await settleDown();
    expect(methods()).toEqual(atTheEnd);
  });

  it("that drops its task leaves no rejection unhandled when the task fails", async () => {
    const onUnhandled = vi.fn();
    process.on("unhandledRejection", onUnhandled);
    const { connect, sandbox } = createWorld();
    sandbox.inject({ kind: "status", status: 403 });
    const lock: Lock = (_key, task) => {
      void task();
      return Promise.resolve() as Promise<never>;
    };
    const error = await rejectionOf(connect({ lock }).webhookSubscriptions.ensure(input));
    await settleDown();
    process.off("unhandledRejection", onUnhandled);
    expect(error).toMatchObject({ field: "lock" });
    expect(onUnhandled).not.toHaveBeenCalled();
  });

  it.each<[what: string, lock: Lock]>([
    ["passes the error on", (_key, task) => task()],
    ["catches the error and reports success", (_key, task) => task().catch(() => "well" as never)],
    [
      "replaces the error",
      (_key, task) =>
        task().catch(() => {
          throw problem;
        }),
    ],
  ])("that %s does not change what the task throws", async (_what, lock) => {
    const { connect, sandbox } = createWorld();
    sandbox.inject({ kind: "status", status: 403 });
    const error = await rejectionOf(connect({ lock }).webhookSubscriptions.ensure(input));
    expect(error).toBeInstanceOf(LinqApiError);
    expect(error).toMatchObject({ status: 403 });
  });
});

describe("a lock that is not granted", () => {
  const never = (): Promise<never> => new Promise(() => undefined);

  it("is waited for as long as the call may take", async () => {
    vi.useFakeTimers();
    const { connect, methods } = createWorld();
    const linq = connect({ lock: never, totalTimeout: 5_000 });
    const ended = rejectionOf(linq.webhookSubscriptions.ensure(input));
    await vi.advanceTimersByTimeAsync(4_999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    const error = await ended;
    expect(error).toBeInstanceOf(LinqTimeoutError);
    expect(error).toMatchObject({ phase: "total", timeout: 5_000, attempts: [] });
    expect(methods()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is not waited for when the caller aborts", async () => {
    const { connect, methods } = createWorld();
    const controller = new AbortController();
    const { signal } = controller;
    const ended = rejectionOf(
      connect({ lock: never }).webhookSubscriptions.ensure(input, { signal }),
    );
    await settleDown();
    const reason = new Error("changed my mind");
    controller.abort(reason);
    await expect(ended).resolves.toBe(reason);
    expect(methods()).toEqual([]);
  });

  it.each<[what: string, end: (gate: ReturnType<typeof defer>) => void, field: string]>([
    [
      "has resolved",
      ({ resolve }) => {
        resolve();
      },
      "lock",
    ],
    [
      "has failed",
      ({ reject }) => {
        reject(problem);
      },
      "lock",
    ],
  ])("does nothing when it runs its task after it %s", async (_what, end, field) => {
    const { connect, methods } = createWorld();
    const gate = defer();
    let runLate = (): Promise<unknown> => Promise.resolve();
    const lock: Lock = (_key, task) => {
      runLate = task;
      return gate.promise as Promise<never>;
    };
    const ended = rejectionOf(connect({ lock }).webhookSubscriptions.ensure(input));
    await settleDown();
    end(gate);
    await expect(ended).resolves.toMatchObject({ code: "invalid_input", field });
    await expect(rejectionOf(runLate())).resolves.toMatchObject({ field });
    await settleDown();
    expect(methods()).toEqual([]);
  });

  it("does nothing when it runs its task after the caller has aborted", async () => {
    const { connect, methods } = createWorld();
    const controller = new AbortController();
    const gate = defer();
    const lock: Lock = (_key, task) => gate.promise.then(task);
    const { signal } = controller;
    const ended = rejectionOf(connect({ lock }).webhookSubscriptions.ensure(input, { signal }));
    await settleDown();
    controller.abort("enough");
    await expect(ended).resolves.toBe("enough");
    gate.resolve();
    await settleDown();
    expect(methods()).toEqual([]);
  });
});

describe("a caller that aborts while the lock is held", () => {
  /** One call that holds the lock until `finish`, and a waiting one that is aborted. */
  async function abortSecond(): Promise<{
    world: World;
    second: Promise<unknown>;
    finish: () => Promise<unknown>;
  }> {
    const world = createWorld();
    const gate = defer();
    const fetch = bendFetch(world.sandbox.fetch, async (_request, send) => {
      await gate.promise;
      return send();
    });
    const first = createLinqClient({ token: "any-token", fetch }).webhookSubscriptions.ensure(
      input,
    );
    await settleDown();
    const controller = new AbortController();
    const linq = createLinqClient({ token: "any-token", fetch: world.sandbox.fetch });
    const { signal } = controller;
    const second = rejectionOf(linq.webhookSubscriptions.ensure(input, { signal }));
    await settleDown();
    controller.abort("enough");
    const finish = (): Promise<unknown> => {
      gate.resolve();
      return first;
    };
    return { world, second, finish };
  }

  it("gets a rejection with its reason at once", async () => {
    const { world, second, finish } = await abortSecond();
    await expect(second).resolves.toBe("enough");
    expect(world.methods()).toEqual([]);
    await finish();
  });

  it("sends nothing when its turn comes, and does not delay the next caller", async () => {
    const { world, second, finish } = await abortSecond();
    await second;
    await finish();
    await settleDown();
    expect(world.methods()).toEqual(["GET", "POST", "GET"]);
    const third = createLinqClient({ token: "any-token", fetch: world.sandbox.fetch });
    await expect(third.webhookSubscriptions.ensure(input)).resolves.toMatchObject({
      outcome: "unchanged",
    });
  });

  it("gets a rejection immediately while its own task is running", async () => {
    const { sandbox, connect } = createWorld();
    const gate = defer();
    const fetch = bendFetch(sandbox.fetch, () => gate.promise as Promise<never>);
    const controller = new AbortController();
    const { signal } = controller;
    const linq = connect({ fetch, lock: defaultLock }).webhookSubscriptions;
    const ended = rejectionOf(linq.ensure(input, { signal }));
    await settleDown();
    controller.abort("enough");
    await expect(ended).resolves.toBe("enough");
  });
});
