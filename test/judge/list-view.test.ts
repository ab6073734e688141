import { describe, expect, it } from "vitest";
import { askAs, type Asking } from "./ask.js";
import { createJudge, type Judge, type JudgeOptions } from "./judge.js";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.js";

interface Scene {
  readonly judge: Judge;
  readonly clock: VirtualClock;
  readonly a: Asking;
  readonly b: Asking;
}

function stage(options: JudgeOptions): Scene {
  const clock = createVirtualClock();
  const judge = createJudge({ clock, ...options });
  return { judge, clock, a: askAs("a", judge), b: askAs("b", judge) };
}

async function idsSeenBy(client: Asking): Promise<unknown[]> {
  return (await client.list()).map(({ id }) => id);
}

describe("lag", () => {
  it("fixed: shows the state of `lag` ms ago", async () => {
    const { judge, clock, a } = stage({ lag: 100 });
    await a.post();
    expect(judge.rows()).toHaveLength(1);
    await clock.sleep(99);
    expect(await idsSeenBy(a)).toEqual([]);
    await clock.sleep(1);
    expect(await idsSeenBy(a)).toEqual([1]);
    await a.remove(1);
    await clock.sleep(99);
    expect(await idsSeenBy(a)).toEqual([1]);
    await clock.sleep(1);
    expect(await idsSeenBy(a)).toEqual([]);
  });

  it("does not delay writes", async () => {
    const { a } = stage({ lag: 1_000 });
    await a.post();
    expect((await a.put(1)).status).toBe(200);
    expect((await a.remove(1)).status).toBe(204);
    expect((await a.remove(1)).status).toBe(404);
  });

  it("replica: asks the replicas in turn, each with its own lag", async () => {
    const { clock, a } = stage({ lag: 100, lagKind: "replica", replicas: 3 });
    await a.post();
    await clock.sleep(50);
    expect(await idsSeenBy(a)).toEqual([1]);
    expect(await idsSeenBy(a)).toEqual([1]);
    expect(await idsSeenBy(a)).toEqual([]);
    expect(await idsSeenBy(a)).toEqual([1]);
  });

  it("replica: asks a random replica", async () => {
    const { a } = stage({ lag: 100, lagKind: "replica", replicaChoice: "random" });
    await a.post();
    const sizes: number[] = [];
    for (let look = 0; look < 20; look += 1) sizes.push((await a.list()).length);
    expect(new Set(sizes)).toEqual(new Set([0, 1]));
    expect(sizes.join("")).not.toMatch(/^(01)*$|^(10)*$/);
  });

  it("readYourWrites: shows a client its own writes at once, and those of others later", async () => {
    const { clock, a, b } = stage({ lag: 100, lagKind: "readYourWrites" });
    await a.post();
    await b.post();
    expect([await idsSeenBy(a), await idsSeenBy(b)]).toEqual([[1], [2]]);
    await a.remove(2);
    expect([await idsSeenBy(a), await idsSeenBy(b)]).toEqual([[1], [2]]);
    await clock.sleep(100);
    expect([await idsSeenBy(a), await idsSeenBy(b)]).toEqual([[1], [1]]);
  });

  it("backInTime: can be older than the list before, but never older than the lag", async () => {
    const { clock, a } = stage({ lag: 100, lagKind: "backInTime" });
    await a.post();
    await clock.sleep(50);
    const sizes: number[] = [];
    for (let look = 0; look < 30; look += 1) sizes.push((await a.list()).length);
    expect(sizes.join("")).toContain("10");
    await clock.sleep(50);
    for (let look = 0; look < 30; look += 1) expect(await idsSeenBy(a)).toEqual([1]);
  });

  it("frozen: stays as it was when the knob was set, until it is set again", async () => {
    const { judge, clock, a } = stage({});
    await a.post();
    judge.set({ lagKind: "frozen" });
    await a.post();
    await clock.sleep(1_000_000);
    judge.set({ lag: 5 });
    expect(await idsSeenBy(a)).toEqual([1]);
    judge.set({ lagKind: "frozen" });
    expect(await idsSeenBy(a)).toEqual([1, 2]);
    judge.removeRow(1);
    judge.set({ lag: 0, lagKind: "fixed" });
    expect(await idsSeenBy(a)).toEqual([2]);
  });
});

describe("order", () => {
  it.each([
    { order: "ascending", expected: [2, 5, 9] },
    { order: "descending", expected: [9, 5, 2] },
  ] as const)("$order", async ({ order, expected }) => {
    const { judge, a } = stage({ order });
    for (const id of [5, 9, 2]) judge.addRow({ id });
    expect(await idsSeenBy(a)).toEqual(expected);
  });

  it("shuffled: differs from list to list", async () => {
    const { judge, a } = stage({ order: "shuffled" });
    for (const id of [5, 9, 2, 3]) judge.addRow({ id });
    const orders = new Set<string>();
    for (let look = 0; look < 20; look += 1) {
      const ids = await idsSeenBy(a);
      orders.add(ids.join());
      expect(ids.sort()).toEqual([2, 3, 5, 9]);
    }
    expect(orders.size).toBeGreaterThan(3);
  });
});
