import { describe, expect, it } from "vitest";
import { askAs, EVENT, WEBHOOK_URL } from "./ask.js";
import { createJudge } from "./judge.js";
import { createVirtualClock } from "./virtual-clock.js";

const PATH = "/api/partner/v2/webhook_subscriptions";
const ROW = {
  id: 1,
  webhook_url: WEBHOOK_URL,
  version: 2,
  events: [EVENT],
  active: true,
  secret_configured: false,
  last_delivered_at: null,
  delivery_attempts: 0,
  created_at: "2025-01-01T00:00:00.000Z",
  updated_at: "2025-01-01T00:00:00.000Z",
};

describe("the four operations", () => {
  it("answer a POST with 201, and list the new row", async () => {
    const judge = createJudge({ clock: createVirtualClock() });
    const client = askAs("a", judge);
    expect(await client.post()).toMatchObject({ status: 201, body: { webhook_subscription: ROW } });
    expect(await client.list()).toEqual([ROW]);
  });

  it("never show a secret, only that one is configured", async () => {
    const judge = createJudge();
    const { body } = await askAs("a", judge).post({ secret: "hidden" });
    expect(JSON.stringify(body)).not.toContain("hidden");
    expect(body).toMatchObject({ webhook_subscription: { secret_configured: true } });
    expect(judge.rows()).toMatchObject([{ secret: "hidden" }]);
  });

  it("answer a PUT with 200 and the updated row", async () => {
    const clock = createVirtualClock();
    const judge = createJudge({ clock });
    const client = askAs("a", judge);
    await client.post();
    await clock.sleep(1_000);
    const { status, body } = await client.put(1, { events: ["message.sent"], active: false });
    const updated_at = "2025-01-01T00:00:01.000Z";
    const updated = { ...ROW, events: ["message.sent"], active: false, updated_at };
    expect({ status, body }).toEqual({ status: 200, body: { webhook_subscription: updated } });
  });

  it("answer a DELETE with 204 and no body", async () => {
    const judge = createJudge();
    judge.addRow();
    expect(await askAs("a", judge).remove(1)).toMatchObject({ status: 204, body: undefined });
    expect(judge.rows()).toEqual([]);
  });

  it("accept several rows with the same URL and events", async () => {
    const judge = createJudge();
    const client = askAs("a", judge);
    await client.post();
    expect(await client.post()).toMatchObject({ status: 201 });
    expect(judge.rows()).toHaveLength(2);
  });

  it.each(["PUT", "DELETE"])("answer the %s of a missing id with 404", async (method) => {
    const body = { webhook_subscription: {} };
    const asked = await askAs("a", createJudge()).send(method, `${PATH}/7`, body);
    expect(asked).toMatchObject({ status: 404, body: { error_code: "not_found" } });
  });
});

describe("a judge that refuses requests", () => {
  it("answers a request without a token with 401", async () => {
    const asked = await askAs("", createJudge()).send("GET", PATH);
    expect(asked).toMatchObject({ status: 401, body: { error_code: "unauthorized" } });
  });

  it.each([
    ["an unwrapped body", { webhook_url: WEBHOOK_URL, events: [EVENT], version: 2 }],
    ["no URL", { webhook_subscription: { events: [EVENT], version: 2 } }],
    ["no events", { webhook_subscription: { webhook_url: WEBHOOK_URL, version: 2 } }],
    ["no version", { webhook_subscription: { webhook_url: WEBHOOK_URL, events: [EVENT] } }],
    ["a list", []],
  ])("answers %s with 422", async (_, body) => {
    const judge = createJudge();
    const asked = await askAs("a", judge).send("POST", PATH, body);
    const errors = [expect.any(String)];
    const error = { status: "error", error_code: "unprocessable_entity", errors };
    expect(asked).toMatchObject({ status: 422, body: error });
    expect(judge.rows()).toEqual([]);
  });

  it.each([
    { webhook_url: "no url" },
    { version: "2" },
    { events: ["no.event"] },
    { secret: null },
    { active: "yes" },
  ])("answers %o with 422, on POST and on PUT", async (input) => {
    const judge = createJudge();
    const client = askAs("a", judge);
    judge.addRow();
    expect(await client.post(input)).toMatchObject({ status: 422 });
    expect(await client.put(1, input)).toMatchObject({ status: 422 });
    expect(judge.rows()).toHaveLength(1);
  });

  it.each([
    ["GET", "/other"],
    ["GET", `${PATH}/1`],
    ["PATCH", `${PATH}/1`],
    ["DELETE", PATH],
    ["DELETE", `${PATH}/one`],
  ])("answers the unknown operation %s %s with a 404 in HTML", async (method, path) => {
    const judge = createJudge();
    judge.addRow();
    const { status, headers } = await askAs("a", judge).send(method, path);
    expect([status, headers.get("content-type")]).toEqual([404, "text/html"]);
    expect(judge.rows()).toHaveLength(1);
  });

  it("serves only the paths below its base path", async () => {
    const client = askAs("a", createJudge({ basePath: "/proxy" }));
    expect(await client.send("GET", `/proxy${PATH}`)).toMatchObject({ status: 200 });
    expect(await client.send("GET", PATH)).toMatchObject({ status: 404 });
  });
});

describe("a judge in a test", () => {
  it("logs every request with its client", async () => {
    const judge = createJudge({ clock: createVirtualClock(), latency: [5, 5] });
    await askAs("a", judge).post({ active: false });
    await askAs("b", judge).remove(1);
    await askAs("b", judge).remove(1);
    const at = Date.UTC(2025, 0, 1);
    const other = { client: "b", method: "DELETE", path: `${PATH}/1`, id: 1, body: undefined };
    expect(judge.requests).toEqual([
      {
        ...{ at, client: "a", method: "POST", path: PATH, id: undefined, status: 201 },
        body: {
          webhook_subscription: {
            ...{ webhook_url: WEBHOOK_URL, events: [EVENT], version: 2, active: false },
          },
        },
      },
      { ...other, at: at + 10, status: 204 },
      { ...other, at: at + 20, status: 404 },
    ]);
    expect([judge.count(), judge.count("DELETE"), judge.count(undefined, "a")]).toEqual([3, 2, 1]);
  });

  it("finds the busiest 1,000 ms", async () => {
    const clock = createVirtualClock();
    const judge = createJudge({ clock });
    expect(judge.peakPerSecond()).toBe(0);
    const client = askAs("a", judge);
    for (const pause of [999, 1, 500, 499, 0, 5_000]) {
      await client.list();
      await clock.sleep(pause);
    }
    // At 0, 999, 1,000, 1,500, 1,999 and 1,999 ms.
    expect(judge.peakPerSecond()).toBe(4);
  });

  it("returns copies of its rows", () => {
    const judge = createJudge();
    Object.assign(judge.addRow(), { active: false });
    for (const row of judge.rows()) Object.assign(row, { active: false });
    expect(judge.rows()).toMatchObject([{ active: true }]);
  });

  it("adds a row exactly as the test gives it, and removes it", () => {
    const judge = createJudge({ respell: ["addSlash"], events: { capped: 0 } });
    const { id } = judge.addRow({ id: 40, foreign: true, secret: "theirs" });
    expect(judge.rows()).toMatchObject([
      { id: 40, foreign: true, secret: "theirs", webhook_url: WEBHOOK_URL, events: [EVENT] },
    ]);
    judge.removeRow(id);
    expect(judge.rows()).toEqual([]);
  });
});

describe("judge.fetch", () => {
  it("rejects at once when it is aborted, although the server still writes", async () => {
    const clock = createVirtualClock();
    const judge = createJudge({ clock, latency: [1_000, 1_000] });
    const reason = new Error("enough");
    const controller = new AbortController();
    const { signal } = controller;
    const fetch: typeof judge.fetch = (input, init) => judge.fetch(input, { ...init, signal });
    await clock.run(async () => {
      const post = askAs("a", { fetch }).post();
      await clock.sleep(10);
      controller.abort(reason);
      await expect(post).rejects.toBe(reason);
      expect(judge.rows()).toEqual([]);
    });
    expect(judge.rows()).toHaveLength(1);
  });

  it("sends no request when the signal is already aborted", async () => {
    const judge = createJudge();
    const reason = new Error("enough");
    const signal = AbortSignal.abort(reason);
    await expect(judge.fetch(`http://judge${PATH}`, { signal })).rejects.toBe(reason);
    expect(judge.count()).toBe(0);
  });

  it("accepts a Request", async () => {
    const headers = { "x-linq-integration-token": "a" };
    const { fetch } = createJudge();
    expect((await fetch(new Request(`http://judge${PATH}`, { headers }))).status).toBe(200);
  });
});
