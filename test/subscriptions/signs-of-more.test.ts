import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createLinqClient,
  InvalidResponseError,
  type WebhookSubscription,
} from "../../src/index.js";
import { buildSubscription } from "../support/build-subscription.js";
import { observeFetch } from "../support/observed-fetch.js";
import { rejectionOf } from "../support/rejection.js";

const rowsOf = (count: number): WebhookSubscription[] =>
  Array.from({ length: count }, (_, index) => buildSubscription({ id: index + 1 }));

/** The content of a response next to the rows. */
interface Beside {
  readonly body?: object;
  readonly headers?: Record<string, string>;
}

/** The list of a real client whose server answers with the rows and this other content. */
function listOf(
  rows: readonly unknown[],
  { body = {}, headers = {} }: Beside = {},
  status = 200,
): Promise<WebhookSubscription[]> {
  const { fetch } = observeFetch(() =>
    Response.json({ webhook_subscriptions: rows, ...body }, { status, headers }),
  );
  return createLinqClient({ token: "the-token", fetch, maxRetries: 0 }).webhookSubscriptions.list();
}

const THREE = rowsOf(3);

/** Signs that three rows are only a part, and the field that says so. */
const PARTS: readonly (readonly [body: object, field: string])[] = [
  // What comes next.
  [{ next: "/api?page=2" }, "next"],
  [{ next: 2 }, "next"],
  [{ "@odata.nextLink": "https://api.example.com?$skip=3" }, "@odata.nextLink"],
  [{ links: { next: "/api?page=2", prev: null } }, "links.next"],
  [{ _links: { self: { href: "/1" }, next: { href: "/2" } } }, "_links.next.href"],
  [
    {
      links: [
        { rel: "self", href: "/1" },
        { rel: "next", href: "/2" },
      ],
    },
    "links[1].href",
  ],
  [{ links: [{ label: "Next &raquo;", url: "/2", active: false }] }, "links[0].url"],
  [{ meta: { next_cursor: "abc" } }, "meta.next_cursor"],
  [{ meta: { nextPageToken: "abc" } }, "meta.nextPageToken"],
  [{ "next-offset": 3 }, "next-offset"],
  [{ NEXT_PAGE: 2 }, "NEXT_PAGE"],
  [{ link: '</api?page=2>; rel="next"' }, "link"],
  [{ a: { b: { c: { d: { e: { f: { g: { next: "x" } } } } } } } }, "a.b.c.d.e.f.g.next"],
  // That there is more.
  [{ has_more: true }, "has_more"],
  [{ has_more: "true" }, "has_more"],
  [{ hasMore: 1 }, "hasMore"],
  [{ more: 5 }, "more"],
  [{ more: { available: true } }, "more.available"],
  [{ page_info: { hasNextPage: true, endCursor: "abc" } }, "page_info.hasNextPage"],
  [{ metadata: { continue: "abc" } }, "metadata.continue"],
  [{ continuation_token: "abc" }, "continuation_token"],
  [{ meta: { no_more: false } }, "meta.no_more"],
  // That it is only a part.
  [{ partial: true }, "partial"],
  [{ is_partial: "1" }, "is_partial"],
  [{ status: "partial" }, "status"],
  [{ truncated: true }, "truncated"],
  [{ meta: { isTruncated: true } }, "meta.isTruncated"],
  [{ incomplete_results: true }, "incomplete_results"],
  [{ remaining: 5 }, "remaining"],
  [{ meta: { remaining_items: "5" } }, "meta.remaining_items"],
  [{ complete: false }, "complete"],
  [{ all: false }, "all"],
  [{ done: false }, "done"],
  [{ last: false, first: true }, "last"],
  [{ isLastPage: false }, "isLastPage"],
  // Cursors.
  [{ cursor: "abc" }, "cursor"],
  [{ cursor: { id: 7 } }, "cursor.id"],
  [{ paging: { cursors: { before: "a", after: "b" } } }, "paging.cursors.after"],
  [{ starting_after: 3 }, "starting_after"],
  [{ page_token: "abc" }, "page_token"],
  [{ page_info: { endCursor: "abc" } }, "page_info.endCursor"],
  // Counts.
  [{ total: 4 }, "total"],
  [{ total: 2 }, "total"],
  [{ total: "50" }, "total"],
  [{ total: "50+" }, "total"],
  [{ total: { value: 50 } }, "total.value"],
  [{ count: 4 }, "count"],
  [{ counts: { total: 4 } }, "counts.total"],
  [{ meta: { total_count: 0 } }, "meta.total_count"],
  [{ meta: { webhook_subscriptions_total: 4 } }, "meta.webhook_subscriptions_total"],
  [{ results: 4 }, "results"],
  [{ totalResults: 4 }, "totalResults"],
  [{ found: 4 }, "found"],
  [{ all: 4 }, "all"],
  [{ showing: "3 of 50" }, "showing"],
  [{ range: "0-2/50" }, "range"],
  [{ whatever: { envelope: { total: 4 } } }, "whatever.envelope.total"],
  // Pages.
  [{ page: 2 }, "page"],
  [{ page: "1 of 3" }, "page"],
  [{ page: "1/3" }, "page"],
  [{ meta: "page 1 of 3" }, "meta"],
  [{ page: 1, pages: 3 }, "pages"],
  [{ page: { number: 0, size: 3, totalPages: 3 } }, "page.totalPages"],
  [{ pagination: { pages: { current: 1, total: 3 } } }, "pagination.pages.total"],
  [{ page: { current: 1, total: 3 } }, "page.total"],
  [{ current_page: 1, last_page: 2 }, "last_page"],
  [{ page_count: 2 }, "page_count"],
  [{ maxPage: 2, limit: 5 }, "maxPage"],
  [{ offset: 3 }, "offset"],
  [{ start_index: 4 }, "start_index"],
  // A page that is full, or one of an unknown number.
  [{ limit: 3 }, "limit"],
  [{ meta: { per_page: 3 } }, "meta.per_page"],
  [{ meta: { page: { size: 3 } } }, "meta.page.size"],
  [{ limit: 3, count: 3 }, "limit"],
  [{ limit: 3, cursor: null }, "limit"],
  [{ page: 1 }, "page"],
  // A sign that the list is complete does not outweigh one that it is not.
  [{ total: 3, has_more: true }, "has_more"],
  [{ has_more: false, next_cursor: "abc" }, "next_cursor"],
  [{ has_more: false, total: 4 }, "total"],
];

describe("a list of three next to", () => {
  it.each(PARTS)("%j is refused, because it may be only a part", async (body, field) => {
    const error = await rejectionOf(listOf(THREE, { body }));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ field, status: 200 });
    expect(String(error)).toMatch(/part of the list.*does not act on it/);
  });
});

const PART_HEADERS: readonly (readonly [name: string, value: string])[] = [
  ["Link", '</api?page=2>; rel="next"'],
  ["Link", '</api?page=1>; rel=prev, </api?page=3>; rel="last next"'],
  ["X-Total-Count", "4"],
  ["X-Total", "0"],
  ["Total-Count", "4"],
  ["X-Total-Pages", "2"],
  ["X-WP-TotalPages", "2"],
  ["X-Page", "2"],
  ["X-Page", "1"],
  ["X-Per-Page", "3"],
  ["X-Next-Page", "2"],
  ["X-Next-Cursor", "abc"],
  ["X-Has-More", "true"],
  ["X-Truncated", "1"],
  ["X-Continuation", "abc"],
  ["Next-Range", "id abc; max=3"],
  ["Content-Range", "items 0-2/50"],
  ["Content-Range", "webhook_subscriptions 0-2/4"],
  ["Content-Range", "*/50"],
  ["Content-Range", "items 0-2/*"],
  ["Content-Range", "items 0-2"],
];

describe("a list of three with the header", () => {
  it.each(PART_HEADERS)("%s: %s is refused, because it may be only a part", async (name, value) => {
    const error = await rejectionOf(listOf(THREE, { headers: { [name]: value } }));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ field: name.toLowerCase() });
  });

  it("X-Pagination in JSON is refused, because it may be only a part", async () => {
    const headers = { "X-Pagination": JSON.stringify({ TotalCount: 50, CurrentPage: 1 }) };
    const error = await rejectionOf(listOf(THREE, { headers }));
    expect(error).toMatchObject({ code: "invalid_response", field: "x-pagination.TotalCount" });
  });
});

/** Content that says that three rows are all, or that says nothing about them. */
const WHOLES: readonly object[] = [
  {},
  // All signs say no.
  { next: null, previous: null, count: 3 },
  { next: "", has_more: false },
  { has_more: "false", next_cursor: "0" },
  { links: { self: "/api", first: "/api?page=1", last: "/api?page=1", next: null } },
  { _links: { self: { href: "/api" }, next: { href: null } } },
  { links: [{ rel: "self", href: "/api" }] },
  { links: [{ label: "Next &raquo;", url: null, active: false }] },
  { cursor: null, truncated: false, partial: 0, remaining: 0 },
  { next_page_token: "", next: {}, more: [] },
  { page_info: { hasNextPage: false, hasPreviousPage: false, startCursor: "a", endCursor: "b" } },
  { complete: true, done: "true", is_last: 1 },
  { status: "complete", kind: "list", object: "list" },
  { prev_cursor: "abc", previous: "/api?page=0", first_page_url: "/1" },
  { object: "list", first_id: 1, last_id: 3, has_more: false },
  // All counts are equal.
  { total: 3 },
  { total: "3", count: 3 },
  { meta: { request_id: "abc", took_ms: 12, version: 2, count: 3 } },
  { total: { value: 3, relation: "eq" } },
  { from: 1, to: 3, total: 3 },
  { startIndex: 1, itemsPerPage: 3, totalResults: 3 },
  { size: 3 },
  { showing: "1 to 3 of 3" },
  // A single page.
  { meta: { page: 1, per_page: 3, total_pages: 1, total_count: 3 } },
  { pagination: { page: "1", pages: "1" } },
  { page: { number: 0, size: 20, totalElements: 3, totalPages: 1 } },
  { current_page: 1, last_page: 1, per_page: 3, last_page_url: "/api?page=1" },
  { page: 1, per_page: 20 },
  { limit: 100, offset: 0 },
  { limit: 3, total: 3 },
  { limit: 3, has_more: false },
  { limit: 3, next: null },
  { first: true, last: true, empty: false },
  // Other things are counted.
  { total_deliveries: 900, active_count: 2, error_count: 0 },
  { rate_limit: { limit: 60, remaining: 59, next_reset: 1_700_000_000 } },
  { timed_out: false, rate_limited: true, has_secret: true },
  { usage: { total: 900, count: 3_000 } },
  { stats: { deliveries: { total: 900 }, by_event: { "message.sent": { count: 7 } } } },
  { quota: { max_webhooks: 10, remaining: 7 }, subscription_limit: 10, max_webhooks: 3 },
  { next_delivery_at: "2025-01-01T00:00:00Z", retry_after: 5 },
  { more_info: "https://example.com/docs", documentation_url: "https://example.com" },
  { message: "3 of 50", warnings: [{ count: 7 }], setup_complete: false },
  { request: { id: "abc", limit: 100, cursor: null }, credits: { total: 900, remaining: 5 } },
  { limits: { webhooks: 3, remaining: 7 }, requests_remaining: 59, expires_after: 60 },
  { included: [{ id: 1, count: 9, total: 90, page: 7, done: false, partial: true }] },
  { account: { id: 7, webhook_count: 12 }, webhook_subscription_id: 12 },
  { created_after: "2025-01-01", timestamp: 1_700_000_000, context: "text", discount: 5 },
  { meta: null, pagination: [], data: null, tags: ["a", "next"] },
];

describe("a list of three next to", () => {
  it.each(WHOLES)("%j is complete", async (body) => {
    await expect(listOf(THREE, { body })).resolves.toEqual(THREE);
  });
});

describe("a list of three with the header", () => {
  it.each([
    ["Link", '</docs>; rel="help", </next>; rel="first"; title="x; rel=next"'],
    ["Link", '</api?rel=next>; rel="last"'],
    ["X-Total-Count", "3"],
    ["X-Total-Pages", "1"],
    ["X-Next-Page", ""],
    ["X-Has-More", "false"],
    ["X-Prev-Page", "1"],
    ["Content-Range", "items 0-2/3"],
    ["Content-Range", "*/3"],
    ["Content-Range", "bytes 0-499/500"],
    ["Accept-Ranges", "items"],
    ["Content-Length", "512"],
    ["Keep-Alive", "timeout=5, max=100"],
    ["Retry-After", "7"],
    ["Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT"],
    ["Access-Control-Expose-Headers", "Link, X-Total-Count, X-Next-Page"],
    ["X-RateLimit-Limit", "3"],
    ["X-RateLimit-Remaining", "59"],
    ["RateLimit", "limit=100, remaining=59, reset=5"],
    ["X-Rate-Limit-Remaining", "59"],
    ["X-Cache-Hits", "7"],
    ["X-Request-Start", "1700000000"],
    ["X-Daily-Limit-Remaining", "59"],
    ["Access-Control-Max-Age", "3"],
    ["X-Request-Id", "next"],
    ["Report-To", '{"group":"default","max_age":3,"endpoints":[{"url":"https://example.com"}]}'],
  ])("%s: %s is complete", async (name, value) => {
    await expect(listOf(THREE, { headers: { [name]: value } })).resolves.toEqual(THREE);
  });
});

it("treats an empty list with counts and limits of zero as complete", async () => {
  const body = { total: 0, page: 1, total_pages: 0, next: null, limit: 0 };
  const headers = { "Content-Range": "items */0", "X-Total-Count": "0" };
  await expect(listOf([], { body, headers })).resolves.toEqual([]);
});

it.each([201, 202, 203, 206, 207])("refuses a list with the status %d", async (status) => {
  const error = await rejectionOf(listOf(THREE, {}, status));
  expect(error).toBeInstanceOf(InvalidResponseError);
  expect(error).toMatchObject({ status, field: "status" });
  expect(String(error)).toContain("status must be 200");
});

it.each([200, 204])("refuses an empty answer with the status %d as a list", async (status) => {
  const { fetch } = observeFetch(() => new Response(null, { status }));
  const { list } = createLinqClient({ token: "the-token", fetch }).webhookSubscriptions;
  expect(await rejectionOf(list())).toBeInstanceOf(InvalidResponseError);
});

it("returns unchanged the fields of a row that decide nothing", async () => {
  const row = {
    ...buildSubscription(),
    version: "2",
    secret_configured: "yes",
    delivery_attempts: null,
    last_delivered_at: 0,
    created_at: "yesterday",
    next: "/2",
    total: 50,
    has_more: true,
  };
  await expect(listOf([row])).resolves.toEqual([row]);
});

it.each([
  ["id", "1"],
  ["webhook_url", null],
  ["events", "message.sent"],
  ["active", 1],
])("refuses a row whose %s is %j", async (name, value) => {
  const error = await rejectionOf(listOf([...THREE, { ...buildSubscription(), [name]: value }]));
  expect(error).toMatchObject({ field: `webhook_subscriptions[3].${name}` });
});

it("refuses a list that shows an id twice", async () => {
  const error = await rejectionOf(listOf([...THREE, ...THREE.slice(1)]));
  expect(error).toMatchObject({ code: "invalid_response", field: "webhook_subscriptions" });
});

it("searches content nested deeper than the stack, and shows only the beginning", async () => {
  const depth = 20_000;
  const deep = `${'{"a":'.repeat(depth)}{"has_more":true}${"}".repeat(depth)}`;
  const text = `{"webhook_subscriptions":[],"deep":${deep}}`;
  const { fetch } = observeFetch(() => new Response(text));
  const { list } = createLinqClient({ token: "the-token", fetch }).webhookSubscriptions;
  const error = await rejectionOf(list());
  expect(error).toMatchObject({ code: "invalid_response" });
  expect(String(error).length).toBeLessThan(1_000);
});

it.each<[what: string, body: (token: string) => object]>([
  [
    "before the place where a path is cut",
    (token) => ({ ["x".repeat(195)]: { [token]: { total: 4 } } }),
  ],
  [
    "in the path to a total",
    (token) => ({
      [token]: { total: 9 },
      meta: { page: 1, total_pages: 2, total_count: 8 },
    }),
  ],
])("shows no token that a server puts %s", async (_what, body) => {
  const error = await rejectionOf(listOf(THREE, { body: body("the-token") }));
  expect(error).toBeInstanceOf(InvalidResponseError);
  expect(`${String(error)} ${JSON.stringify(error)}`).not.toMatch(/the-t/);
});

describe("whatever the names and the depth", () => {
  const ENVELOPES = [
    ...["meta", "pagination", "paging", "links", "_links", "page_info", "list", "result"],
    ...["data", "x", "foo", "envelope", "summary", "Some-Thing", "searchInfo", "n1"],
  ];
  const nest = (value: object, path: readonly string[]): object =>
    path.reduceRight<object>((inner, name) => ({ [name]: inner }), value);
  const path = fc.array(fc.constantFrom(...ENVELOPES), { maxLength: 6 });
  /** Writes several words in one of the ways to do so. */
  const spell = fc.constantFrom<(words: readonly string[]) => string>(
    (words) => words.join("_"),
    (words) => words.join("-"),
    (words) => words.join("_").toUpperCase(),
    ([first = "", ...others]) =>
      first + others.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(""),
  );
  const plain = fc.oneof(fc.integer(), fc.string(), fc.constant(null));
  const other = fc.record({ total: fc.nat(), next: fc.string(), page: fc.nat() });
  /** Content that says nothing about the list. */
  const innocent = fc
    .tuple(
      fc.dictionary(fc.constantFrom("request_id", "took_ms", "total_deliveries"), plain),
      fc.dictionary(fc.constantFrom("account", "usage", "rateLimit", "message_counts"), other),
    )
    .map(([values, objects]) => ({ ...values, ...objects }));
  const FLAGS = [
    ...[["has", "more"], ["more"], ["next"], ["next", "page"], ["next", "cursor"], ["cursor"]],
    ...[["partial"], ["is", "truncated"], ["incomplete", "results"], ["remaining", "items"]],
  ];
  const present = fc.oneof(
    fc.constantFrom<unknown>(true, "true", 1, "/api?page=2", { href: "/2" }, ["abc"]),
    fc.integer({ min: 1 }),
  );
  const COUNTS = [
    ...[["total"], ["count"], ["total", "count"], ["total", "results"], ["num", "items"]],
    ...[
      ["webhook", "subscriptions", "count"],
      ["total", "entries"],
      ["count", "all"],
    ],
  ];

  it("a list with a sign of more is never accepted", async () => {
    await fc.assert(
      fc.asyncProperty(
        ...[path, spell, fc.constantFrom(...FLAGS), present, innocent],
        fc.integer({ min: 0, max: 3 }),
        async (envelopes, write, words, value, extra, count) => {
          const body = { ...extra, ...nest({ ...extra, [write(words)]: value }, envelopes) };
          const error = await rejectionOf(listOf(rowsOf(count), { body }));
          expect(error).toBeInstanceOf(InvalidResponseError);
        },
      ),
    );
  });

  it("a list is refused if its count differs, and accepted if its count matches", async () => {
    await fc.assert(
      fc.asyncProperty(
        ...[path, spell, fc.constantFrom(...COUNTS), innocent, fc.boolean()],
        ...[fc.nat({ max: 5 }), fc.nat({ max: 5 })],
        async (envelopes, write, words, extra, isText, count, counted) => {
          const value = isText ? String(counted) : counted;
          const body = { ...extra, ...nest({ ...extra, [write(words)]: value }, envelopes) };
          const list = listOf(rowsOf(count), { body });
          if (count === counted) expect(await list).toHaveLength(count);
          else expect(await rejectionOf(list)).toBeInstanceOf(InvalidResponseError);
        },
      ),
    );
  });

  it("a list is accepted if all signs say no and the rest says nothing about it", async () => {
    await fc.assert(
      fc.asyncProperty(
        ...[path, spell, fc.constantFrom(...FLAGS), innocent],
        fc.constantFrom<unknown>(false, null, "", "false", 0, {}, [], { href: null }),
        async (envelopes, write, words, extra, value) => {
          const body = { ...extra, ...nest({ ...extra, [write(words)]: value }, envelopes) };
          await expect(listOf(THREE, { body })).resolves.toEqual(THREE);
        },
      ),
    );
  });
});

/** Ways in which a server may say that this is one page of several. */
const STYLES: Readonly<
  Record<string, (page: number, size: number, total: number, shown: number) => Beside>
> = {
  meta: (page, size, total) => ({
    body: {
      meta: { page, per_page: size, total_count: total, total_pages: Math.ceil(total / size) },
    },
  }),
  "meta without a count": (page, size, total) => ({
    body: { meta: { page, total_pages: Math.ceil(total / size) } },
  }),
  "a limit alone": (_page, size) => ({ body: { limit: size } }),
  "a count of the page": (_page, size, _total, shown) => ({
    body: { per_page: size, count: shown },
  }),
  "a total": (_page, _size, total) => ({ body: { total } }),
  "pages of another form": (page, size, total) => ({
    body: { pagination: { current: page, pages: Math.ceil(total / size) } },
  }),
  "a flag": (page, size, total) => ({ body: { has_more: page * size < total } }),
  "a Link": (page, size, total) => ({
    headers: page * size < total ? { Link: `</api?page=${page + 1}>; rel="next"` } : {},
  }),
  "Content-Range": (page, size, total, shown) => ({
    headers: {
      "Content-Range": `items ${(page - 1) * size}-${(page - 1) * size + shown - 1}/${total}`,
    },
  }),
};

it.each(Object.entries(STYLES))("never returns only a part with %s", async (name, say) => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 12 }),
      fc.integer({ min: 1, max: 6 }),
      fc.boolean(),
      async (total, size, knowsPages) => {
        const all = rowsOf(total);
        const { fetch } = observeFetch(({ url }) => {
          const asked = new URL(url).searchParams.get("page");
          const page = knowsPages ? Number(asked ?? 1) : 1;
          const rows = all.slice((page - 1) * size, page * size);
          const { body, headers = {} } = say(page, size, total, rows.length);
          return Response.json({ webhook_subscriptions: rows, ...body }, { headers });
        });
        const { list } = createLinqClient({ token: "the-token", fetch }).webhookSubscriptions;
        const isFollowed = knowsPages && name.startsWith("meta");
        try {
          expect(await list()).toEqual(all);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidResponseError);
          expect(total).toBeGreaterThanOrEqual(size);
          expect(isFollowed).toBe(false);
        }
      },
    ),
  );
});
