import { afterEach, expect, it } from "vitest";
import { askAs, EVENT, WEBHOOK_URL } from "./ask.js";
import type { JudgeOptions } from "./judge.js";
import { type HttpJudge, startJudge } from "./start-judge.js";

const started: HttpJudge[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map(({ close }) => close()));
});

async function start(options: JudgeOptions = {}): Promise<HttpJudge> {
  const judge = await startJudge(options);
  started.push(judge);
  return judge;
}

it("serves the four operations over HTTP", async () => {
  const judge = await start({ latency: [1, 2] });
  const client = askAs("a", { fetch }, judge.url);
  expect((await client.post()).status).toBe(201);
  expect(await client.list()).toMatchObject([{ id: 1, webhook_url: WEBHOOK_URL, events: [EVENT] }]);
  expect((await client.put(1, { active: false })).status).toBe(200);
  expect(judge.rows()).toMatchObject([{ active: false }]);
  expect(await client.remove(1)).toMatchObject({ status: 204, body: undefined });
  expect(judge.requests.map(({ method }) => method)).toEqual(["POST", "GET", "PUT", "DELETE"]);
  expect(judge.count(undefined, "a")).toBe(4);
});

it("has its base path in its URL", async () => {
  const judge = await start({ basePath: "/proxy" });
  expect(judge.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/proxy$/);
  expect(await askAs("a", { fetch }, judge.url).list()).toEqual([]);
});

it.each([
  { part: "before", rows: 0 },
  { part: "after", rows: 1 },
])("cuts the connection $part the write", async ({ part, rows }) => {
  const judge = await start({ cuts: { [part]: { POST: 1 } } });
  await expect(askAs("a", { fetch }, judge.url).post()).rejects.toThrow("fetch failed");
  expect(judge.rows()).toHaveLength(rows);
});
