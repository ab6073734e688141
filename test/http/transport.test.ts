import { describe, expect, it, vi } from "vitest";
import { composeClient } from "../../src/client.js";
import {
  type Attempt,
  InvalidInputError,
  LinqApiError,
  type LinqClient,
  type LinqClientOptions,
  LinqConnectionError,
  LinqError,
  SubscriptionNotFoundError,
} from "../../src/index.js";
import { buildSubscription } from "../support/build-subscription.js";
import { observeFetch, type ObservedRequest } from "../support/observed-fetch.js";
import { rejectionOf } from "../support/rejection.js";
import { createTestClock, type TestClock } from "../support/test-clock.js";

const PATH = "/api/partner/v2/webhook_subscriptions";
const MEMBER = "/api/partner/v2/webhook_subscriptions/{webhook_subscription_id}";
const EXISTING = buildSubscription({ id: 7 });
const INPUT = { webhook_url: "https://example.com/other", events: ["message.sent"] };
const CREATED = buildSubscription({ ...INPUT, id: 8 });
const DUPLICATE = { allowDuplicate: true };

const RETRIED = [408, 429, 500, 502, 503, 504];
/** After a status that means "not found", the client reads the list to confirm it. */
const FINAL = [400, 401, 403, 404, 405, 409, 410, 422, 451, 501];

/** An answer, or the code of the failure that replaces it. */
type Ending = string | { status: number; headers?: Record<string, string>; body?: unknown };

const OK: Ending = { status: 200, body: right };

type Method = "GET" | "POST" | "PUT" | "DELETE";

/** One call for each method, whose request with that method is under test. */
const CALLS: Readonly<Record<Method, (linq: LinqClient<string>) => Promise<unknown>>> = {
  GET: ({ webhookSubscriptions }) => webhookSubscriptions.list(),
  POST: ({ webhookSubscriptions }) => webhookSubscriptions.create(INPUT, DUPLICATE),
  PUT: ({ webhookSubscriptions }) => webhookSubscriptions.update(7, { version: 3 }, DUPLICATE),
  DELETE: ({ webhookSubscriptions }) => webhookSubscriptions.delete(7),
};

const IDEMPOTENT = ["GET", "PUT", "DELETE"] as const;

describe.each(IDEMPOTENT)("a %s", (method) => {
  it.each(FINAL)("is not retried after a %d", async (status) => {
    const { linq, count, clock } = connect(method, [{ status }]);
    expect(await rejectionOf(CALLS[method](linq))).toBeInstanceOf(LinqError);
    expect(count()).toBe(1);
    const isLookedFor = status === 404 && (method === "PUT" || method === "DELETE");
    expect(clock.waits).toHaveLength(isLookedFor ? 5 : 0);
  });

  it.each([...RETRIED.map((status) => ({ status })), "ECONNREFUSED", "ECONNRESET", "EPIPE"])(
    "is retried after %j, and succeeds",
    async (ending) => {
      const { linq, count } = connect(method, [ending, ending, OK]);
      await CALLS[method](linq);
      expect(count()).toBe(3);
    },
  );

  it("is tried three times by default", async () => {
    const { linq, count } = connect(method, [{ status: 503 }]);
    const error = await rejectionOf(CALLS[method](linq));
    expect(error).toBeInstanceOf(LinqApiError);
    expect(error).toMatchObject({ status: 503 });
    expect(count()).toBe(3);
  });

  it.each([0, 1, 5])("is retried `maxRetries` times: %d", async (maxRetries) => {
    const { linq, count } = connect(method, ["ECONNRESET"], { maxRetries });
    expect(await rejectionOf(CALLS[method](linq))).toBeInstanceOf(LinqConnectionError);
    expect(count()).toBe(1 + maxRetries);
  });

  it("waits half a second, then twice as long each time, up to eight seconds", async () => {
    const { linq, clock } = connect(method, [{ status: 500 }], { maxRetries: 7 });
    await rejectionOf(CALLS[method](linq));
    expect(clock.waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  });

  it("waits as long as the server asks, and from the second time on a little longer", async () => {
    const { linq, clock } = connect(method, [
      { status: 429, headers: { "retry-after": "7" } },
      { status: 503, headers: { "retry-after": "0" } },
      OK,
    ]);
    await CALLS[method](linq);
    expect(clock.waits).toEqual([7_000, 2_000]);
  });

  it("waits as often as the server asks, because such a wait uses up no retry", async () => {
    const wait: Ending = { status: 429 };
    const { linq, clock, count } = connect(method, [wait, wait, wait, wait, wait, wait, OK], {
      maxRetries: 0,
    });
    await CALLS[method](linq);
    expect(clock.waits).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    expect(count()).toBe(7);
  });

  it("waits until the date that the server names", async () => {
    const headers = { "retry-after": "Wed, 01 Jan 2025 00:00:30 GMT" };
    const { linq, clock } = connect(method, [{ status: 503, headers }, OK]);
    await CALLS[method](linq);
    expect(clock.waits).toEqual([30_000]);
  });

  it.each([
    ["61", 61_000],
    ["86400", 86_400_000],
    ["9".repeat(400), Infinity],
    ["Thu, 02 Jan 2025 00:00:00 GMT", 86_400_000],
  ])("reports a `Retry-After` of %s instead of waiting", async (value, retryAfter) => {
    const { linq, clock, count } = connect(method, [
      { status: 429, headers: { "retry-after": value } },
    ]);
    const error = await rejectionOf(CALLS[method](linq));
    expect(error).toBeInstanceOf(LinqApiError);
    expect(error).toMatchObject({ status: 429, retryAfter });
    expect(clock.waits).toEqual([]);
    expect(count()).toBe(1);
  });

  it.each(["-1", "abc", "", "NaN", "Please wait 10"])(
    "uses the back-off when the server asks for %j, which is not a time",
    async (value) => {
      const headers = { "retry-after": value };
      const { linq, clock } = connect(method, [{ status: 503, headers }, OK]);
      await CALLS[method](linq);
      expect(clock.waits).toEqual([500]);
    },
  );
});

it("spreads a thousand clients over the whole wait", async () => {
  const waits = await Promise.all(
    Array.from({ length: 1_000 }, async (_, index) => {
      const clock = createTestClock(() => index / 1_000);
      const { linq } = connect("GET", [{ status: 503 }, OK], {}, clock);
      await linq.webhookSubscriptions.list();
      return clock.waits[0];
    }),
  );
  expect(waits).toEqual(Array.from({ length: 1_000 }, (_, index) => (index / 1_000) * 500));
});

it("sends the same bytes in each attempt", async () => {
  const { linq, requests } = connect("PUT", ["ECONNRESET", { status: 503 }, OK]);
  await linq.webhookSubscriptions.update(7, { version: 3, secret: "größe 🔑" }, DUPLICATE);
  const puts = requests.filter(({ method }) => method === "PUT");
  expect(puts).toHaveLength(3);
  expect(puts[0]?.body).toContain("größe 🔑");
  for (const { url, body, headers } of puts) {
    expect({ url, body, headers: [...headers] }).toEqual({
      url: puts[0]?.url,
      body: puts[0]?.body,
      headers: [...(puts[0]?.headers ?? [])],
    });
  }
});

it("sends no header with the number of the attempt", async () => {
  const { linq, requests } = connect("GET", [{ status: 503 }, OK]);
  await linq.webhookSubscriptions.list();
  const names = requests.map(({ headers }) => [...headers.keys()].sort());
  expect(names[1]).toEqual(names[0]);
  expect(names[1]).toEqual(["accept", "x-linq-integration-token"]);
});

describe("the POST of `create`", () => {
  it.each([
    ...[408, 500, 501, 502, 503, 504, 599].map((status) => ({ status })),
    { status: 500, headers: { "retry-after": "1" } },
    { status: 502, headers: { "retry-after": "1" } },
    { status: 504, headers: { "retry-after": "1" } },
    { status: 503, headers: { "retry-after": "Please wait 10" } },
    "ECONNRESET",
    "EPIPE",
    "ETIMEDOUT",
    "UND_ERR_SOCKET",
    "UND_ERR_HEADERS_TIMEOUT",
    "no code",
  ])("is not sent again after %j, which leaves its outcome unknown", async (ending) => {
    const { linq, count } = connect("POST", [ending, OK]);
    const error = await rejectionOf(CALLS.POST(linq));
    expect(error).toMatchObject({ code: "create_outcome_unknown" });
    expect(count()).toBe(1);
  });

  it.each([400, 401, 403, 404, 405, 409, 410, 422, 451])(
    "is not sent again after a %d",
    async (status) => {
      const { linq, count } = connect("POST", [{ status }, OK]);
      expect(await rejectionOf(CALLS.POST(linq))).toMatchObject({ code: "api_error", status });
      expect(count()).toBe(1);
    },
  );

  it.each([
    "ECONNREFUSED",
    "ENOTFOUND",
    "UND_ERR_CONNECT_TIMEOUT",
    { status: 429 },
    { status: 429, headers: { "retry-after": "1" } },
    { status: 503, headers: { "retry-after": "1" } },
  ])("is sent again after %j, which shows that nothing was created", async (ending) => {
    const { linq, count } = connect("POST", [ending, OK]);
    expect(await CALLS.POST(linq)).toEqual(CREATED);
    expect(count()).toBe(2);
  });

  it("is not sent again when the outcome of a second attempt is unknown", async () => {
    const { linq, count } = connect("POST", ["ECONNREFUSED", "ECONNRESET", OK]);
    const error = await rejectionOf(CALLS.POST(linq));
    expect(error).toMatchObject({ code: "create_outcome_unknown" });
    expect(count()).toBe(2);
  });

  it("is not sent again when the server asks for a wait of more than a minute", async () => {
    const headers = { "retry-after": "61" };
    const { linq, count, clock } = connect("POST", [{ status: 503, headers }, OK]);
    const error = await rejectionOf(CALLS.POST(linq));
    expect(error).toMatchObject({ code: "api_error", status: 503, retryAfter: 61_000 });
    expect(count()).toBe(1);
    expect(clock.waits).toEqual([]);
  });
});

describe("linq.api", () => {
  const body = {
    webhook_subscription: { ...INPUT, version: 2, events: ["message.sent" as const] },
  };

  it.each([
    ...RETRIED.map((status) => ({ status, headers: { "retry-after": "0" } })),
    "ECONNREFUSED",
    "ECONNRESET",
  ])("never repeats a POST after %j", async (ending) => {
    const { linq, count } = connect("POST", [ending, OK]);
    const outcome: unknown = await linq.api.POST(PATH, { body }).catch((error: unknown) => error);
    expect(outcome).toMatchObject(
      typeof ending === "string"
        ? { code: "connection_error", systemCode: ending }
        : { response: { status: ending.status } },
    );
    expect(count()).toBe(1);
  });

  it("repeats a GET like the other methods of the client", async () => {
    const { linq, count } = connect("GET", [{ status: 503 }, OK]);
    const { data } = await linq.api.GET(PATH);
    expect(data).toEqual({ webhook_subscriptions: [EXISTING] });
    expect(count()).toBe(2);
  });
});

describe("a DELETE that is answered with 404", () => {
  it.each([{ status: 500 }, { status: 504 }, { status: 408 }, "ECONNRESET", "no code"])(
    "counts as a success after an attempt that ended with %j",
    async (ending) => {
      const { linq } = connect("DELETE", [ending, { status: 404 }]);
      await expect(CALLS.DELETE(linq)).resolves.toBeUndefined();
    },
  );

  it.each<Ending[]>([
    ["ECONNREFUSED"],
    ["ENOTFOUND"],
    [{ status: 429 }],
    [{ status: 503, headers: { "retry-after": "0" } }],
  ])("throws SubscriptionNotFoundError after an attempt that ended with %j", async (ending) => {
    const { linq } = connect("DELETE", [ending, { status: 404 }], {}, createTestClock(), []);
    expect(await rejectionOf(CALLS.DELETE(linq))).toBeInstanceOf(SubscriptionNotFoundError);
  });

  it("throws SubscriptionNotFoundError on the first attempt if the list confirms it", async () => {
    const { linq, count } = connect("DELETE", [{ status: 404 }], {}, createTestClock(), []);
    const error = await rejectionOf(CALLS.DELETE(linq));
    expect(error).toBeInstanceOf(SubscriptionNotFoundError);
    expect(error).toMatchObject({ id: 7, cause: { status: 404, attempts: [{ attempt: 1 }, {}] } });
    expect(count()).toBe(1);
  });

  it("throws a plain API error while the list still shows the subscription", async () => {
    const { linq, count } = connect("DELETE", [{ status: 404 }]);
    const { delete: remove } = linq.webhookSubscriptions;
    for (const ignoreMissing of [false, true]) {
      const error = await rejectionOf(remove(7, { ignoreMissing }));
      expect(error).toMatchObject({ code: "api_error", status: 404 });
    }
    expect(count()).toBe(2);
  });

  it("succeeds with `ignoreMissing`", async () => {
    const { linq } = connect("DELETE", [{ status: 404 }], {}, createTestClock(), []);
    const { delete: remove } = linq.webhookSubscriptions;
    await expect(remove(7, { ignoreMissing: true })).resolves.toBeUndefined();
  });
});

describe("onAttempt", () => {
  const NOTHING = {
    error: undefined,
    systemCode: undefined,
    sent: true,
    retryAfter: undefined,
  };

  it("receives every attempt once, and the error lists the same attempts", async () => {
    const records: Attempt[] = [];
    const { linq } = connect(
      "PUT",
      ["ECONNRESET", { status: 429, headers: { "retry-after": "7" } }, { status: 500 }],
      { onAttempt: (attempt) => records.push(attempt) },
    );
    const error = await rejectionOf(linq.webhookSubscriptions.update(7, { version: 3 }, DUPLICATE));
    const put = { method: "PUT", path: `${PATH}/7`, duration: 0 };
    const list = { method: "GET", path: PATH, duration: 0, attempt: 1, retryDelay: undefined };
    const look = { ...NOTHING, ...list, status: 200 };
    const expected = [
      look,
      {
        ...put,
        attempt: 1,
        status: undefined,
        error: "connection_error",
        systemCode: "ECONNRESET",
        sent: true,
        retryAfter: undefined,
        retryDelay: 500,
      },
      { ...NOTHING, ...put, attempt: 2, status: 429, retryAfter: 7_000, retryDelay: 7_000 },
      // The list that the update relies on has become too old meanwhile.
      look,
      { ...NOTHING, ...put, attempt: 3, status: 500, retryDelay: 1_000 },
      { ...NOTHING, ...put, attempt: 4, status: 500, retryDelay: undefined },
      look,
    ];
    expect(records).toEqual(expected);
    expect(error).toMatchObject({ attempts: expected.map((record) => ({ ...record })) });
  });

  it("receives the duration of an attempt up to its last byte", async () => {
    const records: Attempt[] = [];
    let now = 1_000;
    const clock = { ...createTestClock(), now: () => now };
    const fetch = (): Promise<Response> => {
      now += 10;
      const body = new ReadableStream<Uint8Array>(
        {
          pull: (controller) => {
            now += 32;
            controller.enqueue(new TextEncoder().encode('{"webhook_subscriptions":[]}'));
            controller.close();
          },
        },
        { highWaterMark: 0 },
      );
      return Promise.resolve(new Response(body));
    };
    const onAttempt = (attempt: Attempt): void => void records.push(attempt);
    await composeClient({ fetch, onAttempt }, clock).webhookSubscriptions.list();
    expect(records).toMatchObject([{ duration: 42 }]);
  });

  it("is called before the wait, not after it", async () => {
    const order: string[] = [];
    const clock = createTestClock();
    const { linq } = connect(
      "GET",
      [{ status: 503 }, OK],
      { onAttempt: ({ attempt }) => order.push(`attempt ${attempt}, ${clock.waits.length} waits`) },
      clock,
    );
    await linq.webhookSubscriptions.list();
    expect(order).toEqual(["attempt 1, 0 waits", "attempt 2, 1 waits"]);
  });

  it("receives the attempts of linq.api too", async () => {
    const onAttempt = vi.fn();
    const { linq } = connect("GET", [{ status: 404 }], { onAttempt });
    await linq.api.DELETE(MEMBER, { params: { path: { webhook_subscription_id: 9 } } });
    expect(onAttempt).toHaveBeenCalledOnce();
  });

  it("changes nothing by throwing", async () => {
    const onAttempt = vi.fn(() => {
      throw new Error("the log is full");
    });
    const { linq } = connect("GET", [{ status: 503 }, OK], { onAttempt });
    expect(await linq.webhookSubscriptions.list()).toEqual([EXISTING]);
    expect(onAttempt).toHaveBeenCalledTimes(2);
  });

  it("changes nothing by returning a promise that rejects", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    // An async function is allowed where no result is expected.
    const onAttempt = (): unknown => Promise.reject(new Error("the log is full"));
    const { linq } = connect("GET", [{ status: 503 }, OK], { onAttempt });
    expect(await linq.webhookSubscriptions.list()).toEqual([EXISTING]);
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it("changes nothing by writing to the attempt that it receives", async () => {
    const onAttempt = (attempt: Attempt): void => {
      Object.assign(attempt, { status: 500, systemCode: "ECONNRESET", method: "DELETE" });
    };
    const endings = ["ECONNREFUSED", { status: 404 }] as const;
    const { linq } = connect("DELETE", endings, { onAttempt }, createTestClock(), []);
    expect(await rejectionOf(CALLS.DELETE(linq))).toBeInstanceOf(SubscriptionNotFoundError);
  });
});

describe("a token function that returns an invalid token", () => {
  it("is called once, and nothing is sent", async () => {
    const token = vi.fn(() => "");
    const { linq, requests, clock } = connect("GET", [OK], { token });
    expect(await rejectionOf(linq.webhookSubscriptions.list())).toBeInstanceOf(InvalidInputError);
    expect(token).toHaveBeenCalledOnce();
    expect(clock.waits).toEqual([]);
    expect(requests).toEqual([]);
  });

  it("leaves no doubt that the POST was not sent", async () => {
    const token = vi.fn(() => "").mockReturnValueOnce("any-token");
    const { linq, requests } = connect("POST", [OK], { token });
    expect(await rejectionOf(CALLS.POST(linq))).toBeInstanceOf(InvalidInputError);
    expect(requests.map(({ method }) => method)).toEqual(["GET"]);
  });
});

it("does not cache a list", async () => {
  const { linq, requests } = connect("GET", [OK]);
  await linq.webhookSubscriptions.list();
  expect(requests[0]?.init.cache).toBe("cache" in Request.prototype ? "no-store" : undefined);
});

it.each([0, 199, 600, 999])("treats the status %d as an invalid response", async (status) => {
  const odd = Object.defineProperty(new Response("{}"), "status", { value: status });
  const fetch = vi.fn(() => Promise.resolve(odd));
  const linq = composeClient({ fetch }, createTestClock());
  const error = await rejectionOf(linq.webhookSubscriptions.list());
  expect(error).toMatchObject({ code: "invalid_response", status });
  expect(fetch).toHaveBeenCalledOnce();
});

interface Connection {
  readonly linq: LinqClient<string>;
  readonly clock: TestClock;
  readonly requests: readonly ObservedRequest[];
  /** How many requests were made with the method under test. */
  readonly count: () => number;
}

/**
 * A client whose requests with one method end as listed, and all further ones like the last listed;
 * requests with other methods succeed.
 */
function connect(
  method: Method,
  endings: readonly [Ending, ...Ending[]],
  options: LinqClientOptions = {},
  clock: TestClock = createTestClock(),
  listed: readonly object[] = [EXISTING],
): Connection {
  let made = 0;
  const { fetch, requests } = observeFetch((request) => {
    const ending = request.method === method ? endings[Math.min(made++, endings.length - 1)] : OK;
    if (typeof ending === "string") throw failure(ending);
    const { status, headers, body } = ending ?? { status: 500 };
    const given = body === right ? right(request, listed) : body;
    return new Response(given === undefined ? null : JSON.stringify(given), {
      status,
      headers: { "content-type": "application/json", ...headers },
    });
  });
  return {
    linq: composeClient({ token: "any-token", fetch, ...options }, clock),
    clock,
    requests,
    count: () => requests.filter((request) => request.method === method).length,
  };
}

/** What the API answers on success. */
function right({ method, body }: ObservedRequest, listed: readonly object[]): unknown {
  if (method === "GET") return { webhook_subscriptions: listed };
  if (method === "POST") return { webhook_subscription: CREATED };
  if (method === "DELETE") return undefined;
  const { webhook_subscription: sent } = JSON.parse(body ?? "{}") as Record<string, object>;
  return { webhook_subscription: { ...EXISTING, ...sent, secret_configured: true } };
}

function failure(code: string): Error {
  const cause = code === "no code" ? undefined : Object.assign(new Error(code), { code });
  return new TypeError("fetch failed", { cause });
}
