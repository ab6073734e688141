import { describe, expect, it } from "vitest";
import { createVirtualClock } from "./virtual-clock.js";

describe("createVirtualClock", () => {
  it("advances at once to the time when the first sleeper wakes", async () => {
    const clock = createVirtualClock();
    const start = clock.now();
    const woken: [string, number][] = [];
    const sleep = async (name: string, ms: number): Promise<void> => {
      await clock.sleep(ms);
      woken.push([name, clock.now() - start]);
    };
    await clock.run(() => Promise.all([sleep("late", 3_600_000), sleep("early", 10)]));
    expect(woken).toEqual([
      ["early", 10],
      ["late", 3_600_000],
    ]);
  });

  it("finishes everything that a sleeper starts before the next one wakes", async () => {
    const clock = createVirtualClock();
    const seen: string[] = [];
    const first = async (): Promise<void> => {
      await clock.sleep(10);
      for (let step = 0; step < 100; step += 1) await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
      await new Response("read").text();
      seen.push("first");
    };
    const second = async (): Promise<void> => {
      await clock.sleep(11);
      seen.push("second");
    };
    await clock.run(() => Promise.all([second(), first()]));
    expect(seen).toEqual(["first", "second"]);
  });

  it("gives more time to a task that has just started a sleep", async () => {
    const clock = createVirtualClock();
    const start = clock.now();
    await clock.run(async () => {
      for (let step = 0; step < 5; step += 1) {
        void clock.sleep(1_000);
        await new Promise((resolve) => setImmediate(resolve));
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(clock.now()).toBe(start);
    });
  });

  it("stands still while nobody sleeps", async () => {
    const clock = createVirtualClock();
    const start = clock.now();
    await clock.run(() => Promise.resolve());
    expect(clock.now()).toBe(start);
  });

  it.each([
    { seed: undefined, order: "as they fell asleep" },
    { seed: 3, order: "in an order of the seed" },
  ])("wakes sleepers that are due together $order", async ({ seed }) => {
    const asleep = [0, 1, 2, 3, 4, 5, 6, 7];
    const wake = async (): Promise<number[]> => {
      const clock = createVirtualClock({ seed });
      const woken: number[] = [];
      const sleep = async (name: number): Promise<void> => {
        await clock.sleep(5);
        woken.push(name);
      };
      await clock.run(() => Promise.all(asleep.map(sleep)));
      return woken;
    };
    const woken = await wake();
    expect(await wake()).toEqual(woken);
    expect([...woken].sort((a, b) => a - b)).toEqual(asleep);
    expect(woken.join() === asleep.join()).toBe(seed === undefined);
  });

  it("rejects with the reason of a signal, before and during the wait", async () => {
    const clock = createVirtualClock();
    const start = clock.now();
    const reason = new Error("enough");
    await expect(clock.sleep(10, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const wait = clock.sleep(10, controller.signal);
    controller.abort(reason);
    await expect(clock.run(() => wait)).rejects.toBe(reason);
    expect(clock.now()).toBe(start);
  });

  it("runs until the sleepers that a task left behind have woken", async () => {
    const clock = createVirtualClock();
    let isDone = false;
    await clock.run(() => {
      void clock.sleep(100).then(() => {
        isDone = true;
      });
      return Promise.resolve();
    });
    expect(isDone).toBe(true);
  });
});
