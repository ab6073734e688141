import { describe, expect, it } from "vitest";
import { InvalidResponseError } from "../../src/errors/index.js";
import { readPage } from "../../src/subscriptions/page.js";
import { answerOf } from "../support/answer-of.js";
import { buildSubscription } from "../support/build-subscription.js";
import { thrownBy } from "../support/rejection.js";

const LIST = {
  webhook_subscriptions: [buildSubscription({ id: 1 }), buildSubscription({ id: 2 })],
};

const refusalOf = (
  body: unknown,
  { number = 1, headers = {} }: { number?: number; headers?: Record<string, string> } = {},
): unknown => thrownBy(() => readPage(answerOf(body, headers), number));

describe.each<[what: string, body: object, field: string]>([
  ["next", { next: "https://api.example.com?page=2" }, "next"],
  ["next_page", { next_page: 2 }, "next_page"],
  ["next_cursor", { next_cursor: "abc" }, "next_cursor"],
  ["nextPageToken", { nextPageToken: "abc" }, "nextPageToken"],
  ["cursor", { cursor: "abc" }, "cursor"],
  ["has_more", { has_more: true }, "has_more"],
  ["hasMore", { hasMore: true }, "hasMore"],
  ["pagination", { pagination: { page: 1, pages: 3 } }, "pagination.pages"],
  ["paging", { paging: { after: "abc" } }, "paging.after"],
  ["an offset", { offset: 2 }, "offset"],
  ["a number of pages", { pages: 3 }, "pages"],
  ["a last page", { last_page: 3 }, "last_page"],
  ["hasNextPage", { hasNextPage: true }, "hasNextPage"],
  ["a continuation token", { continuation_token: "x" }, "continuation_token"],
  ["page_info", { page_info: { has_next_page: true } }, "page_info.has_next_page"],
  ["page", { page: 1 }, "page"],
  ["per_page", { per_page: 2 }, "per_page"],
  ["total", { total: 5 }, "total"],
  ["total_count", { total_count: 5 }, "total_count"],
  ["totalPages", { totalPages: 3 }, "totalPages"],
  ["links", { links: { next: "/next" } }, "links.next"],
  ["_links", { _links: { next: { href: "/next" } } }, "_links.next.href"],
  ["a meta that is text", { meta: "page 1 of 3" }, "meta"],
  ["a meta with a cursor", { meta: { cursor: "abc" } }, "meta.cursor"],
  ["a meta without total_pages", { meta: { page: 1 } }, "meta.page"],
  ["a meta without page", { meta: { total_pages: 2 } }, "meta.total_pages"],
  ["a meta of another page", { meta: { page: 2, total_pages: 2 } }, "meta.page"],
  ["a meta with texts for numbers", { meta: { page: "1", total_pages: "2" } }, "meta.total_pages"],
  ["a meta with a fraction of pages", { meta: { page: 1, total_pages: 1.5 } }, "meta.total_pages"],
  ["a meta with fewer than no pages", { meta: { page: 1, total_pages: -1 } }, "meta.total_pages"],
  ["a meta, and also next", { meta: { page: 1, total_pages: 1 }, next: "/2" }, "next"],
])("a list with %s", (_what, hint, field) => {
  it("is refused, because it may be only a part", () => {
    for (const body of [
      { ...LIST, ...hint },
      { ...hint, ...LIST },
    ]) {
      const error = refusalOf(body);
      expect(error).toBeInstanceOf(InvalidResponseError);
      expect(error).toMatchObject({ field });
    }
  });
});

it.each([
  '</api?page=2>; rel="next"',
  "</api?page=2>; rel=next",
  '</api?page=1>; rel="prev", </api?page=3>; rel="next"',
  '</api?page=2>; rel="last next"',
  '</api?page=2>; title="x"; REL = "NEXT"',
])("refuses a list with the header Link: %s", (link) => {
  const error = refusalOf(LIST, { headers: { link } });
  expect(error).toBeInstanceOf(InvalidResponseError);
  expect(error).toMatchObject({ field: "link" });
});

it.each(["x-total-pages", "x-next-page", "x-total-count"])(
  "refuses a list with the header %s",
  (name) => {
    const error = refusalOf(LIST, { headers: { [name]: "3" } });
    expect(error).toMatchObject({ code: "invalid_response", field: name });
  },
);

it("refuses the header Link even with a meta that says that this is all", () => {
  const error = refusalOf(
    { ...LIST, meta: { page: 1, total_pages: 1 } },
    { headers: { link: '</api?page=2>; rel="next"' } },
  );
  expect(error).toMatchObject({ code: "invalid_response", field: "link" });
});

it.each<[what: string, body: unknown]>([
  ["nothing", undefined],
  ["null", null],
  ["a number", 7],
  ["a text", "webhook_subscriptions"],
  ["a bare list", [buildSubscription()]],
  ["an object without the list", {}],
  ["a list under another name", { data: [buildSubscription()] }],
  ["null for the list", { webhook_subscriptions: null }],
  ["an object for the list", { webhook_subscriptions: { 0: buildSubscription() } }],
])("refuses %s", (_what, body) => {
  const error = refusalOf(body);
  expect(error).toBeInstanceOf(InvalidResponseError);
  expect(error).toMatchObject({ field: "webhook_subscriptions", expected: "an array" });
});

it("names the invalid subscription and its invalid field", () => {
  const odd = { ...buildSubscription({ id: 3 }), active: "yes" };
  const error = refusalOf({ webhook_subscriptions: [...LIST.webhook_subscriptions, odd] });
  expect(error).toMatchObject({ field: "webhook_subscriptions[2].active" });
});

it("refuses a later page that does not give its number", () => {
  const refuse = (meta: object): unknown => refusalOf({ ...LIST, meta }, { number: 2 });
  expect(refuse({ total_pages: 2 })).toMatchObject({ field: "meta.page" });
  expect(refuse({ page: 1, total_pages: 2 })).toMatchObject({ field: "meta.page" });
  expect(refuse({ page: 2 })).toMatchObject({ field: "meta.total_pages" });
  expect(refusalOf(LIST, { number: 2 })).toMatchObject({
    code: "invalid_response",
    field: "meta.page",
  });
});

it("treats a list without any hint as complete", () => {
  const page = readPage(answerOf(LIST), 1);
  expect(page).toMatchObject({ ...{ pages: 1, total: undefined } });
  expect(page.subscriptions).toEqual(LIST.webhook_subscriptions);
});

it("accepts an empty list", () => {
  const { subscriptions } = readPage(answerOf({ webhook_subscriptions: [] }), 1);
  expect(subscriptions).toEqual([]);
});

it("ignores a hint that is null", () => {
  const body = { ...LIST, next: null, cursor: null, meta: null };
  expect(readPage(answerOf(body), 1)).toMatchObject({ pages: 1, total: undefined });
});

it("ignores a link that leads elsewhere", () => {
  const headers = { link: '</docs>; rel="help", </next>; rel="first"; title="not next"' };
  expect(readPage(answerOf(LIST, headers), 1)).toMatchObject({ pages: 1 });
});

it("ignores members that have nothing to do with pages", () => {
  expect(readPage(answerOf({ ...LIST, request_id: "abc" }), 1)).toMatchObject({ pages: 1 });
});

it("follows the meta that the API's other lists have", () => {
  const meta = { page: 2, per_page: 2, total_pages: 3, total_count: 5 };
  expect(readPage(answerOf({ ...LIST, meta }), 2)).toMatchObject({
    pages: 3,
    total: { field: "meta.total_count", number: 5 },
  });
});

it("follows a meta without a count", () => {
  const meta = { page: 1, total_pages: 3 };
  expect(readPage(answerOf({ ...LIST, meta }), 1)).toMatchObject({ pages: 3, total: undefined });
});

it.each<[what: string, extra: object, field: string]>([
  ["another number of pages", { total_pages: 4 }, "total_pages"],
  ["another page", { pagination: { current_page: 1 } }, "pagination.current_page"],
  ["another total", { total: 6 }, "meta.total_count"],
])("refuses a page to follow that names %s elsewhere", (_what, extra, field) => {
  const meta = { page: 2, per_page: 2, total_pages: 3, total_count: 5 };
  expect(refusalOf({ ...LIST, ...extra, meta }, { number: 2 })).toMatchObject({ field });
});

it("checks only the last page for signs that the list continues", () => {
  const hint = { has_more: true, next_page: 3, links: { last: { page: 3 } } };
  const page = (number: number): object => ({
    ...LIST,
    meta: { page: number, total_pages: 3, ...hint },
  });
  expect(readPage(answerOf(page(2)), 2)).toMatchObject({ pages: 3 });
  expect(refusalOf(page(3), { number: 3 })).toMatchObject({ field: "meta.has_more" });
});
