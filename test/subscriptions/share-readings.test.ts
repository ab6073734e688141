import fc from "fast-check";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { composeClient } from "../../src/client.js";
import { type Attempt, LinqApiError, LinqTimeoutError } from "../../src/index.js";
import { createFastClock } from "../support/fast-clock.js";
import { createJudgedWorld } from "../support/judged.js";
import { observeFetch } from "../support/observed-fetch.js";
import { rejectionOf } from "../support/rejection.js";
import { createWorld, withoutLock } from "../support/sandbox-client.js";

const MANY = Array.from({ length: 100 }, (_, index) => ({
  webhook_url: `https://example.com/${index}`,
  events: ["message.received" as const],
}));

const ROW = {
  ...{ id: 1, webhook_url: "https://example.com/hook", events: ["message.received"] },
  ...{ active: true, version: 2, secret_configured: false, extra: { nested: [1] } },
};

/** A client whose lists are answered when the test says so. */
function createHeld(onAttempt?: (attempt: Attempt) => void) {
  const answers: ((response: Response) => void)[] = [];
  const { fetch, requests } = observeFetch(
    () => new Promise<Response>((resolve) => answers.push(resolve)),
  );
  const linq = composeClient({ token: "any-token", fetch, onAttempt }, createFastClock());
  return {
    list: linq.webhookSubscriptions.list,
    requests,
    /** Waits until there is the nth request, and answers it. */
    answer: async (nth: number, response = Response.json({ webhook_subscriptions: [ROW] })) => {
      await expect.poll(() => answers.length, { interval: 1 }).toBeGreaterThan(nth);
      answers[nth]?.(response);
    },
  };
}

describe("100 calls of ensure for different URLs at once", () => {
  it("send at most 5 GETs to the sandbox", async () => {
    const { linq, methods, sandbox } = createWorld();
    await Promise.all(MANY.map((input) => linq.webhookSubscriptions.ensure(input)));
    expect(methods().filter((method) => method === "POST")).toHaveLength(100);
    expect(methods().filter((method) => method === "GET").length).toBeLessThanOrEqual(5);
    expect(sandbox.subscriptions).toHaveLength(100);
  });

  it.each([
    [0, 0],
    [5, 50],
    [50, 500],
    [200, 900],
  ] as const)("send at most 5 GETs to a server that takes %d to %d ms", async (min, max) => {
    const { judge, clock, connect } = createJudgedWorld({ seed: 1, latency: [min, max] });
    const { ensure } = connect("client").webhookSubscriptions;
    await clock.run(() => Promise.all(MANY.map((input) => ensure(input))));
    expect(judge.count("POST")).toBe(100);
    expect(judge.count("GET")).toBeLessThanOrEqual(5);
    expect(judge.verdict()).toMatchObject({ duplicates: [], losses: [] });
  });
});

it("list shows each caller what that caller wrote before", async () => {
  const url = fc.integer({ min: 0, max: 2 }).map((n) => `https://example.com/${n}`);
  const writers = fc.array(fc.array(url, { minLength: 1, maxLength: 4 }), {
    ...{ minLength: 2, maxLength: 6 },
  });
  await fc.assert(
    fc.asyncProperty(writers, fc.integer(), async (plan, seed) => {
      const { clock, connect } = createJudgedWorld({ seed, latency: [0, 300] });
      const { create, list, delete: remove } = connect("client").webhookSubscriptions;
      const write = async (urls: readonly string[]): Promise<void> => {
        for (const webhook_url of urls) {
          const input = { webhook_url, events: ["message.received"] };
          const { id } = await create(input, { allowDuplicate: true });
          expect((await list()).map((row) => row.id)).toContain(id);
          await remove(id);
          expect((await list()).map((row) => row.id)).not.toContain(id);
        }
      };
      await clock.run(() => Promise.all(plan.map(write)));
    }),
    { numRuns: 20 },
  );
});

describe("callers of list", () => {
  it("that call one after the other each read the list again", async () => {
    const { linq, methods } = createWorld();
    for (let nth = 0; nth < 3; nth++) await linq.webhookSubscriptions.list();
    expect(methods()).toEqual(["GET", "GET", "GET"]);
  });

  it("do not join a reading that has begun, but share the next one", async () => {
    const { list, answer, requests } = createHeld();
    const calls = [list(), list(), list()];
    await answer(0, Response.json({ webhook_subscriptions: [] }));
    await answer(1);
    expect(await Promise.all(calls)).toEqual([[], [ROW], [ROW]]);
    expect(requests).toHaveLength(2);
  });

  it("each get a deep copy", async () => {
    const { list, answer } = createHeld();
    const [, second, third] = [list(), list(), list()];
    await answer(0);
    await answer(1);
    for (const row of await second) Object.assign(row, { events: [], extra: undefined });
    expect(await third).toEqual([ROW]);
  });

  it("with their own limits share only with callers that have the same", async () => {
    const { list, answer, requests } = createHeld();
    const calls = [list(), list({ maxRetries: 0 }), list(), list({ maxRetries: 0 }), list()];
    for (const nth of [0, 1, 2, 3]) await answer(nth);
    await Promise.all(calls);
    expect(requests).toHaveLength(4);
  });

  it("that abort leave the reading to the others", async () => {
    const { list, answer, requests } = createHeld();
    const { signal, abort } = abortable();
    const [first, gone, stays] = [list(), list({ signal }), list()];
    await answer(0);
    await first;
    await expect.poll(() => requests.length, { interval: 1 }).toBe(2);
    abort("enough");
    expect(await rejectionOf(gone)).toBe("enough");
    await answer(1);
    expect(await stays).toEqual([ROW]);
    expect(requests).toHaveLength(2);
  });

  it("end the reading when all of them have aborted, and delay no later caller", async () => {
    const { list, answer, requests } = createHeld();
    const { signal, abort } = abortable();
    const [first, ...gone] = [list(), list({ signal }), list({ signal })];
    await answer(0);
    await first;
    await expect.poll(() => requests.length, { interval: 1 }).toBe(2);
    abort("enough");
    for (const call of gone) expect(await rejectionOf(call)).toBe("enough");
    expect(requests[1]?.init.signal?.aborted).toBe(true);
    const next = list();
    await answer(2);
    expect(await next).toEqual([ROW]);
  });

  it("keep their own total timeout", async () => {
    const { list } = createHeld();
    const limits = { totalTimeout: 30 };
    for (const call of [list(limits), list(limits), list(limits)]) {
      const error = await rejectionOf(call);
      expect(error).toBeInstanceOf(LinqTimeoutError);
      expect(error).toMatchObject({ phase: "total", timeout: 30 });
    }
  });

  it("wait no longer than a second for a reading that hangs", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const { list, answer } = createHeld();
    const [hanging, second, third] = [list(), list(), list()];
    await vi.advanceTimersByTimeAsync(1_000);
    await answer(1);
    expect(await Promise.all([second, third])).toEqual([[ROW], [ROW]]);
    await answer(0);
    await hanging;
  });

  it("see a shared attempt once in `onAttempt`, and in the history of each error", async () => {
    const told: Attempt[] = [];
    const { list, answer } = createHeld((attempt) => told.push(attempt));
    const calls = [list(), list(), list()];
    await answer(0);
    await answer(1, Response.json({}, { status: 503 }));
    for (const nth of [2, 3, 4]) await answer(nth, Response.json({}, { status: 401 }));
    const [, second, third] = await Promise.all(calls.map((call) => call.catch((e: unknown) => e)));
    expect(told.map(({ status }) => status)).toEqual([200, 503, 401, 401, 401]);
    for (const error of [second, third]) {
      const { attempts } = error as LinqApiError;
      expect(attempts.map(({ status }) => status)).toEqual([503, 401, 401]);
    }
  });
});

describe("a reading that fails", () => {
  it("gives each caller its own error, without the hidden values of that caller", async () => {
    const secrets = ["first-secret-0001", "second-secret-002", "third-secret-0003"];
    const { fetch } = observeFetch(() =>
      Response.json({ errors: [`any-token ${secrets.join(" ")}`] }, { status: 400 }),
    );
    const linq = composeClient({ token: "any-token", fetch }, createFastClock());
    const errors = await Promise.all(
      secrets.map((secret, index) =>
        rejectionOf(
          linq.webhookSubscriptions.ensure({
            ...{ webhook_url: `https://example.com/${index}`, events: ["message.received"] },
            secret,
          }),
        ),
      ),
    );
    expect(new Set(errors).size).toBe(3);
    for (const [index, error] of errors.entries()) {
      expect(error).toBeInstanceOf(LinqApiError);
      const shown = JSON.stringify([error, String(error)]);
      expect(shown).not.toContain(secrets[index]);
      expect(shown).not.toContain("any-token");
    }
  });
});

it("hides the token in the errors of a caller that has not sent it", async () => {
  const row = { ...ROW, webhook_url: "https://example.com/any-token/hook" };
  const { fetch } = observeFetch(() => Response.json({ webhook_subscriptions: [row] }));
  const linq = composeClient({ token: "any-token", fetch, lock: withoutLock }, createFastClock());
  const { webhook_url } = row;
  const create = (): Promise<unknown> =>
    linq.webhookSubscriptions.create({ webhook_url, events: ["message.received"] });
  const first = linq.webhookSubscriptions.list();
  const errors = await Promise.all([1, 2].map(() => rejectionOf(create())));
  await first;
  for (const error of errors) {
    expect(error).toMatchObject({ code: "duplicate_subscription" });
    expect(JSON.stringify([error, String(error)])).not.toContain("any-token");
  }
});

function abortable(): { signal: AbortSignal; abort: (reason: string) => void } {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    abort: (reason) => {
      controller.abort(reason);
    },
  };
}
