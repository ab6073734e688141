import { describe, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../../../src/sandbox/index.js";
import { buildRequest, callApi, ORIGIN, readAnswer, subscribe } from "../call-api.js";
import { findObjections } from "../find-objections.js";

interface Page {
  readonly ids: number[];
  readonly meta: unknown;
}

/** A sandbox with the given number of subscriptions. */
async function createMany(count: number, pageSize: number | undefined): Promise<Sandbox> {
  const sandbox = createSandbox({ switches: { pageSize } });
  for (let index = 0; index < count; index++) await subscribe(sandbox);
  return sandbox;
}

async function listPage({ fetch }: Sandbox, query = ""): Promise<Page> {
  const request = buildRequest("listWebhookSubscriptions", { origin: ORIGIN });
  const answer = await readAnswer(await fetch(new Request(request.url + query, request)));
  expect(findObjections("listWebhookSubscriptions", answer)).toEqual([]);
  const { webhook_subscriptions, meta } = answer.body as {
    webhook_subscriptions: { id: number }[]; // Just checked against the document.
    meta?: unknown;
  };
  return { ids: webhook_subscriptions.map(({ id }) => id), meta };
}

describe("the list", () => {
  test.each([undefined, 3, 100])("is complete with a page size of %s", async (pageSize) => {
    const sandbox = await createMany(3, pageSize);
    expect(await listPage(sandbox)).toEqual({ ids: [1, 2, 3], meta: undefined });
  });

  test("has no pages at all without a page size", async () => {
    const sandbox = await createMany(3, undefined);
    expect(await listPage(sandbox, "?page=2")).toEqual({ ids: [1, 2, 3], meta: undefined });
  });

  test.each([
    ["", 1, [1, 2]],
    ["?page=1", 1, [1, 2]],
    ["?page=2", 2, [3, 4]],
    ["?page=3", 3, [5]],
    ["?page=4", 4, []],
    ["?page=0", 1, [1, 2]],
    ["?page=x", 1, [1, 2]],
    ["?page=", 1, [1, 2]],
  ])("requested with %j returns page %i if it has several", async (query, page, ids) => {
    const sandbox = await createMany(5, 2);
    const meta = { page, total_pages: 3, total_count: 5, per_page: 2 };
    expect(await listPage(sandbox, query)).toEqual({ ids, meta });
  });

  test("returns the requested page even when everything fits on one", async () => {
    const meta = { page: 2, total_pages: 1, total_count: 1, per_page: 2 };
    expect(await listPage(await createMany(1, 2), "?page=2")).toEqual({ ids: [], meta });
    const none = { page: 1, total_pages: 1, total_count: 0, per_page: 2 };
    expect(await listPage(await createMany(0, 2), "?page=1")).toEqual({ ids: [], meta: none });
  });

  test("shifts its pages when a subscription is deleted", async () => {
    const sandbox = await createMany(5, 2);
    await callApi(sandbox, "deleteWebhookSubscription", { id: "1" });
    const meta = { page: 2, total_pages: 2, total_count: 4, per_page: 2 };
    expect(await listPage(sandbox, "?page=2")).toEqual({ ids: [4, 5], meta });
  });

  test("does not count a subscription that is still hidden", async () => {
    const sandbox = await createMany(2, 2);
    sandbox.inject({ kind: "hide", requests: 1 });
    await subscribe(sandbox);
    expect(await listPage(sandbox)).toEqual({ ids: [1, 2], meta: undefined });
    expect(await listPage(sandbox)).toMatchObject({ ids: [1, 2], meta: { total_count: 3 } });
  });

  test("is complete in sandbox.subscriptions with any page size", async () => {
    expect((await createMany(3, 1)).subscriptions).toHaveLength(3);
  });
});
