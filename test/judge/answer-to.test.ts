import { describe, expect, it } from "vitest";
import { askAs, type Asked, type Asking } from "./ask.js";
import { createJudge, type Judge, type JudgeOptions } from "./judge.js";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.js";

interface Scene {
  readonly judge: Judge;
  readonly clock: VirtualClock;
  readonly client: Asking;
}

/** A judge with the rows 1 and 2, which each write of {@link WRITES} changes. */
function stage(options: JudgeOptions): Scene {
  const clock = createVirtualClock();
  const judge = createJudge({ clock, ...options });
  judge.addRow();
  judge.addRow();
  return { judge, clock, client: askAs("a", judge) };
}

const WRITES: Readonly<Record<string, (client: Asking) => Promise<Asked>>> = {
  POST: (client) => client.post(),
  PUT: (client) => client.put(1, { version: 3 }),
  DELETE: (client) => client.remove(1),
};
const CASES = Object.entries(WRITES).map(([method, write]) => ({ method, write }));

/** Whether a write has been carried out. */
function isWritten({ judge }: Scene): boolean {
  const rows = judge.rows();
  return rows.length !== 2 || rows.some(({ version }) => version === 3);
}

describe("errors", () => {
  it.each(CASES)("before the $method leave nothing written", async ({ write }) => {
    const scene = stage({ errors: { before: 1 } });
    expect((await write(scene.client)).status).toBe(500);
    expect(isWritten(scene)).toBe(false);
  });

  it.each(CASES)("after the $method leave it written", async ({ write }) => {
    const scene = stage({ errors: { after: 1 } });
    expect((await write(scene.client)).status).toBe(500);
    expect(isWritten(scene)).toBe(true);
  });

  it("hit only the named methods, about as often as their chance says", async () => {
    const { judge, client } = stage({ errors: { before: { POST: 0.5 } } });
    for (let round = 0; round < 100; round += 1) {
      await client.post();
      await client.list();
    }
    const failed = judge.requests.filter(({ status }) => status === 500);
    expect(new Set(failed.map(({ method }) => method))).toEqual(new Set(["POST"]));
    expect(failed.length).toBeGreaterThan(30);
    expect(failed.length).toBeLessThan(70);
  });
});

describe("cuts", () => {
  it.each(CASES)("before the $method reject as in Node and write nothing", async ({ write }) => {
    const scene = stage({ cuts: { before: 1 } });
    const cut = { name: "TypeError", message: "fetch failed", cause: { code: "ECONNRESET" } };
    await expect(write(scene.client)).rejects.toMatchObject(cut);
    expect(isWritten(scene)).toBe(false);
    expect(scene.judge.requests).toMatchObject([{ status: "cut" }]);
  });

  it.each(CASES)("after the $method reject, although it was written", async ({ write }) => {
    const scene = stage({ cuts: { after: 1 } });
    await expect(write(scene.client)).rejects.toThrow(TypeError);
    expect(isWritten(scene)).toBe(true);
  });
});

describe("lateWrites", () => {
  it.each(CASES)("answer the $method with 504, and carry it out later", async ({ write }) => {
    const scene = stage({ lateWrites: { chance: 1, delay: 5_000 } });
    expect((await write(scene.client)).status).toBe(504);
    await scene.clock.sleep(4_999);
    expect(isWritten(scene)).toBe(false);
    await scene.clock.sleep(1);
    expect(isWritten(scene)).toBe(true);
  });

  it.each(CASES)("carry out the $method at once when the test calls `land`", async ({ write }) => {
    const scene = stage({ lateWrites: { chance: 1, delay: 5_000 } });
    await write(scene.client);
    scene.judge.land();
    expect(isWritten(scene)).toBe(true);
  });

  it("do not affect lists", async () => {
    const { client } = stage({ lateWrites: { chance: 1, delay: 5_000 } });
    expect(await client.list()).toHaveLength(2);
  });
});

describe("gateway404", () => {
  it.each([
    { knob: 1, post: 201, put: 404, remove: 404 },
    { knob: ["DELETE"], post: 201, put: 200, remove: 404 },
    { knob: ["POST", "PUT"], post: 201, put: 404, remove: 204 },
    { knob: ({ id }: { id: number | undefined }) => id === 2, post: 201, put: 200, remove: 204 },
  ] as const)("$knob", async ({ knob, post, put, remove }) => {
    const { client } = stage({ gateway404: knob });
    expect((await client.post()).status).toBe(post);
    expect((await client.put(1)).status).toBe(put);
    expect((await client.remove(1)).status).toBe(remove);
  });

  it("is in HTML and does not change the row", async () => {
    const scene = stage({ gateway404: ({ id }) => id === 1 });
    const { headers } = await scene.client.remove(1);
    expect(headers.get("content-type")).toBe("text/html");
    expect(isWritten(scene)).toBe(false);
    expect((await scene.client.remove(2)).status).toBe(204);
  });
});

describe("latency", () => {
  it("applies to the request and to its response", async () => {
    const { judge, clock, client } = stage({ latency: [100, 100] });
    const start = clock.now();
    const post = client.post();
    await clock.sleep(99);
    expect(judge.rows()).toHaveLength(2);
    await clock.sleep(2);
    expect(judge.rows()).toHaveLength(3);
    await post;
    expect(clock.now() - start).toBe(200);
  });

  it("is random within its bounds", async () => {
    const { clock, client } = stage({ latency: [10, 20] });
    const times = new Set<number>();
    for (let round = 0; round < 20; round += 1) {
      const start = clock.now();
      await client.list();
      times.add(clock.now() - start);
    }
    expect(Math.min(...times)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...times)).toBeLessThanOrEqual(40);
    expect(times.size).toBeGreaterThan(5);
  });
});

describe("rateLimit", () => {
  const statuses = async (client: Asking, count: number): Promise<number[]> => {
    const seen: number[] = [];
    for (let round = 0; round < count; round += 1) seen.push((await client.post()).status);
    return seen;
  };

  it("sliding: accepts `perSecond` requests in any 1,000 ms, and carries out no more", async () => {
    const { judge, clock, client } = stage({ rateLimit: { perSecond: 2 } });
    expect(await statuses(client, 3)).toEqual([201, 201, 429]);
    await clock.sleep(999);
    expect(await statuses(client, 1)).toEqual([429]);
    await clock.sleep(1);
    expect(await statuses(client, 3)).toEqual([201, 201, 429]);
    expect(judge.rows()).toHaveLength(6);
  });

  it("bucket: starts full, and refills evenly", async () => {
    const { clock, client } = stage({ rateLimit: { perSecond: 2, kind: "bucket" } });
    expect(await statuses(client, 3)).toEqual([201, 201, 429]);
    await clock.sleep(500);
    expect(await statuses(client, 2)).toEqual([201, 429]);
    await clock.sleep(60_000);
    expect(await statuses(client, 3)).toEqual([201, 201, 429]);
  });

  it.each([
    { retryAfter: true, expected: "1" },
    { retryAfter: false, expected: null },
  ])("retryAfter $retryAfter", async ({ retryAfter, expected }) => {
    const { client } = stage({ rateLimit: { perSecond: 1, retryAfter } });
    await client.list();
    const { status, headers } = await client.post();
    expect([status, headers.get("retry-after")]).toEqual([429, expected]);
  });

  it.each(["sliding", "bucket"] as const)("%s: ends after Retry-After", async (kind) => {
    const { clock, client } = stage({ rateLimit: { perSecond: 3, kind } });
    expect(await statuses(client, 3)).toEqual([201, 201, 201]);
    const { headers } = await client.post();
    await clock.sleep(Number(headers.get("retry-after")) * 1_000);
    expect(await statuses(client, 1)).toEqual([201]);
  });
});
