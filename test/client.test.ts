import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { composeClient } from "../src/client.js";
import {
  createLinqClient,
  InvalidInputError,
  LinqApiError,
  type LinqClientOptions,
  LinqConnectionError,
  LinqTimeoutError,
} from "../src/index.js";
import { observeFetch } from "./support/observed-fetch.js";
import { rejectionOf, thrownBy } from "./support/rejection.js";
import { createTestClock } from "./support/test-clock.js";

const PATH = "/api/partner/v2/webhook_subscriptions";
const MEMBER = "/api/partner/v2/webhook_subscriptions/{webhook_subscription_id}";
const EMPTY = '{"webhook_subscriptions":[]}';
const TOKEN_HEADER = "x-linq-integration-token";

const answerEmpty = (): Response => new Response(EMPTY);

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Makes a client from what a JavaScript caller may hand in. */
const make = (options: unknown): unknown => createLinqClient(options as LinqClientOptions);

describe("options", () => {
  it.each([null, [], "token", 1, true, () => undefined])("cannot be %o", (options) => {
    expect(thrownBy(() => make(options))).toBeInstanceOf(InvalidInputError);
  });

  it.each([
    ["tokens", "token"],
    ["apiKey", undefined],
    ["baseURL", "baseUrl"],
    ["url", "baseUrl"],
    ["timeOut", "timeout"],
    ["totalTimeOut", "totalTimeout"],
    ["maxRetrys", "maxRetries"],
    ["retries", "maxRetries"],
    ["locks", "lock"],
    ["onAttempts", "onAttempt"],
    ["dangerouslyAllowBrowsers", "dangerouslyAllowBrowser"],
    ["allowUnknownEvent", "allowUnknownEvents"],
  ])("cannot have the unknown member %s", (name, hint) => {
    const error = thrownBy(() => make({ [name]: undefined }));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field: `options.${name}` });
    expect(String(error)).toContain(hint === undefined ? "did you mean" : `mean \`${hint}\``);
  });

  it.each<[name: string, values: unknown[]]>([
    ["token", [undefined, null, "", " ", "a b", "tokén", "a\n", 1, {}, ["a"]]],
    ["baseUrl", [null, "", "api.linqapp.com", "http://api.linqapp.com", "ftp://x", 1, {}]],
    ["fetch", [null, "fetch", 1, {}, { fetch: answerEmpty }]],
    ["timeout", [null, 0, -1, NaN, Infinity, 2 ** 31, "1000", 1_000n, {}]],
    ["totalTimeout", [null, 0, -1, NaN, Infinity, 2 ** 31, "1000", 1_000n, {}]],
    ["maxRetries", [null, -1, 0.5, NaN, Infinity, 2 ** 53, "2", true, {}]],
    ["lock", [null, "lock", 1, true, {}, { request: () => undefined }]],
    ["onAttempt", [null, "console.log", 1, true, {}, []]],
    ["allowUnknownEvents", [null, 0, 1, "true", {}]],
    ["dangerouslyAllowBrowser", [null, 0, 1, "true", {}]],
  ])("cannot have a %s of the wrong kind", (name, values) => {
    for (const value of values) {
      const error = thrownBy(() => make({ [name]: value }));
      expect(error).toBeInstanceOf(InvalidInputError);
      expect(error).toMatchObject({ code: "invalid_input", field: name });
    }
  });

  it.each([
    "baseUrl",
    "fetch",
    "timeout",
    "totalTimeout",
    "maxRetries",
    "lock",
    "onAttempt",
    "allowUnknownEvents",
    "dangerouslyAllowBrowser",
  ])("can have an undefined %s, which means its default", (name) => {
    expect(make({ [name]: undefined })).toBeDefined();
  });

  it("can be left out altogether", () => {
    expect(make(undefined)).toBeDefined();
    expect(make({})).toBeDefined();
  });

  it("are not changed, and not read again later", async () => {
    const { fetch, requests } = observeFetch(answerEmpty);
    const options: LinqClientOptions = { token: "token-one", fetch };
    const linq = createLinqClient(Object.freeze({ ...options }));
    const other = createLinqClient(options);
    options.token = "token-two";
    await linq.webhookSubscriptions.list();
    await other.webhookSubscriptions.list();
    expect(requests.map(({ headers }) => headers.get(TOKEN_HEADER))).toEqual([
      "token-one",
      "token-one",
    ]);
  });
});

describe("in a browser page", () => {
  it.each<[what: string, token: unknown]>([
    ["a token", "any-token"],
    ["a function that returns one", () => "any-token"],
  ])("%s is refused", (_what, token) => {
    vi.stubGlobal("document", {});
    const error = thrownBy(() => make({ token }));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field: "token" });
    expect(String(error)).toContain("dangerouslyAllowBrowser");
  });

  it("a token is refused even with `dangerouslyAllowBrowser: false`", () => {
    vi.stubGlobal("document", {});
    expect(
      thrownBy(() => make({ token: "any-token", dangerouslyAllowBrowser: false })),
    ).toMatchObject({
      field: "token",
    });
  });

  it("a token is accepted with `dangerouslyAllowBrowser`", async () => {
    vi.stubGlobal("document", {});
    const { fetch, requests } = observeFetch(answerEmpty);
    const linq = createLinqClient({ token: "any-token", fetch, dangerouslyAllowBrowser: true });
    await linq.webhookSubscriptions.list();
    expect(requests[0]?.headers.get(TOKEN_HEADER)).toBe("any-token");
  });

  it("a client without a token works, and sends none", async () => {
    vi.stubGlobal("document", {});
    const { fetch, requests } = observeFetch(answerEmpty);
    const linq = createLinqClient({ fetch, baseUrl: "https://example.com/proxy" });
    await linq.webhookSubscriptions.list();
    expect(requests[0]?.url).toBe(`https://example.com/proxy${PATH}`);
    expect(requests[0]?.headers.has(TOKEN_HEADER)).toBe(false);
  });
});

describe("a token function", () => {
  it("is asked for each attempt, and not before the first", async () => {
    let count = 0;
    const { fetch, requests } = observeFetch((_request, index) =>
      index < 2 ? new Response(null, { status: 503 }) : answerEmpty(),
    );
    const linq = composeClient({ token: () => `token-${++count}`, fetch }, createTestClock());
    expect(count).toBe(0);
    await linq.webhookSubscriptions.list();
    expect(requests.map(({ headers }) => headers.get(TOKEN_HEADER))).toEqual([
      "token-1",
      "token-2",
      "token-3",
    ]);
  });

  it.each([
    [
      "throws",
      (problem: Error): string => {
        throw problem;
      },
    ],
    ["rejects", (problem: Error): Promise<string> => Promise.reject(problem)],
  ])("that %s ends the call with the same error, and nothing is sent", async (_how, fail) => {
    const problem = new Error("the vault is closed");
    const token = vi.fn(() => fail(problem));
    const onAttempt = vi.fn();
    const { fetch, requests } = observeFetch(answerEmpty);
    const linq = composeClient({ token, fetch, onAttempt }, createTestClock());
    expect(await rejectionOf(linq.webhookSubscriptions.list())).toBe(problem);
    expect(await rejectionOf(linq.api.GET(PATH))).toBe(problem);
    expect(token).toHaveBeenCalledTimes(2);
    expect(onAttempt).not.toHaveBeenCalled();
    expect(requests).toEqual([]);
  });

  it.each([undefined, null, "", "a b", "a\r\nx-admin: yes", 42, {}])(
    "that returns %o ends the call, and nothing is sent",
    async (rubbish) => {
      const { fetch, requests } = observeFetch(answerEmpty);
      // What a JavaScript caller's function may return.
      const linq = composeClient({ token: () => rubbish as string, fetch }, createTestClock());
      for (const call of [linq.webhookSubscriptions.list(), linq.api.GET(PATH)]) {
        const error = await rejectionOf(call);
        expect(error).toBeInstanceOf(InvalidInputError);
        expect(error).toMatchObject({ field: "token" });
      }
      expect(requests).toEqual([]);
    },
  );

  it("that never answers times out, and nothing is sent when it answers later", async () => {
    vi.useFakeTimers();
    const answers: ((token: string) => void)[] = [];
    const token = (): Promise<string> => new Promise((resolve) => answers.push(resolve));
    const { fetch, requests } = observeFetch(answerEmpty);
    const linq = composeClient({ token, fetch, maxRetries: 0 }, createTestClock());
    const rejection = rejectionOf(linq.webhookSubscriptions.list());
    await vi.advanceTimersByTimeAsync(30_000);
    const error = await rejection;
    expect(error).toBeInstanceOf(LinqTimeoutError);
    expect(error).toMatchObject({ phase: "headers", timeout: 30_000 });
    for (const answer of answers) answer("any");
    await vi.advanceTimersByTimeAsync(1);
    expect(answers).toHaveLength(1);
    expect(requests).toEqual([]);
  });

  it("that answers after the caller has aborted sends nothing", async () => {
    const controller = new AbortController();
    const token = async (): Promise<string> => {
      controller.abort("enough");
      await Promise.resolve();
      return "any";
    };
    const { fetch, requests } = observeFetch(answerEmpty);
    const linq = createLinqClient({ token, fetch });
    const { signal } = controller;
    expect(await rejectionOf(linq.webhookSubscriptions.list({ signal }))).toBe("enough");
    await new Promise((resolve) => setImmediate(resolve));
    expect(requests).toEqual([]);
  });
});

describe("fetch", () => {
  it("is the global `fetch` at the time of the call", async () => {
    const linq = createLinqClient({ token: "any-token" });
    const { fetch, requests } = observeFetch(answerEmpty);
    vi.stubGlobal("fetch", fetch);
    await linq.webhookSubscriptions.list();
    await linq.api.GET(PATH);
    expect(requests.map(({ url }) => url)).toEqual([
      `https://api.linqapp.com${PATH}`,
      `https://api.linqapp.com${PATH}`,
    ]);
  });

  it("is called without `this`, which browsers insist on", async () => {
    const seen: unknown[] = [];
    const fetch = function (this: unknown): Promise<Response> {
      seen.push(this);
      return Promise.resolve(answerEmpty());
    };
    await createLinqClient({ fetch }).webhookSubscriptions.list();
    vi.stubGlobal("fetch", fetch);
    await createLinqClient().webhookSubscriptions.list();
    expect(seen).toEqual([undefined, undefined]);
  });

  it("receives the signal, the URL as text, and the redirect mode `manual`", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.resolve(answerEmpty()));
    await createLinqClient({ fetch }).webhookSubscriptions.list();
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe(`https://api.linqapp.com${PATH}`);
    expect(init).toMatchObject({ method: "GET", redirect: "manual", body: null });
    expect(init?.signal).toBeInstanceOf(AbortSignal);
  });

  it("that ignores its signal still times out", async () => {
    vi.useFakeTimers();
    const fetch = vi.fn((): Promise<Response> => new Promise(() => undefined));
    const linq = composeClient({ fetch, maxRetries: 0 }, createTestClock());
    const rejection = rejectionOf(linq.webhookSubscriptions.list({ timeout: 1_000 }));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await rejection).toMatchObject({ code: "timeout", phase: "headers", timeout: 1_000 });
  });

  it("whose body ignores the signal still times out", async () => {
    vi.useFakeTimers();
    const fetch = (): Promise<Response> => Promise.resolve(new Response(new ReadableStream()));
    const linq = composeClient({ fetch, maxRetries: 0 }, createTestClock());
    const rejection = rejectionOf(linq.webhookSubscriptions.list({ timeout: 1_000 }));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await rejection).toMatchObject({ code: "timeout", phase: "body", timeout: 1_000 });
  });

  it("that fails after the timeout causes no unhandled rejection", async () => {
    vi.useFakeTimers();
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    let fail = (): void => undefined;
    const fetch = (): Promise<Response> =>
      new Promise((_resolve, reject) => {
        fail = () => {
          reject(new TypeError("fetch failed"));
        };
      });
    const linq = composeClient({ fetch, maxRetries: 0 }, createTestClock());
    const rejection = rejectionOf(linq.webhookSubscriptions.list());
    await vi.advanceTimersByTimeAsync(30_000);
    await rejection;
    fail();
    vi.useRealTimers();
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

describe("linq.api", () => {
  it("returns the data of a successful response", async () => {
    const { fetch } = observeFetch(answerEmpty);
    const { data, error, response } = await createLinqClient({ fetch }).api.GET(PATH);
    expect(data).toEqual({ webhook_subscriptions: [] });
    expect(error).toBeUndefined();
    expect(response.status).toBe(200);
  });

  it("returns the error, and does not throw, for a status that is not 2xx", async () => {
    const body = { errors: [{ code: "odd" }] };
    const { fetch } = observeFetch(() => new Response(JSON.stringify(body), { status: 422 }));
    const params = { path: { webhook_subscription_id: 1 } };
    const { error, response } = await createLinqClient({ fetch }).api.DELETE(MEMBER, { params });
    expect(error).toEqual(body);
    expect(response.status).toBe(422);
  });

  it.each([
    "https://example.com",
    "http://api.linqapp.com",
    "https://api.linqapp.com.example.com",
    "https://api.linqapp.com:8443",
  ])("sends nothing to %s, where the token does not belong", async (baseUrl) => {
    const { fetch, requests } = observeFetch(answerEmpty);
    const { api } = createLinqClient({ token: "any-token", fetch });
    const error = await rejectionOf(api.GET(PATH, { baseUrl }));
    expect(error).toMatchObject({ code: "invalid_input", field: "baseUrl" });
    expect(requests).toEqual([]);
  });

  it("sends nothing to another origin to which middleware redirects it", async () => {
    const { fetch, requests } = observeFetch(answerEmpty);
    const { api } = createLinqClient({ token: "any-token", fetch });
    api.use({ onRequest: () => new Request("https://example.com/elsewhere") });
    expect(await rejectionOf(api.GET(PATH))).toMatchObject({ field: "baseUrl" });
    expect(requests).toEqual([]);
  });

  it("throws LinqConnectionError if there is no response", async () => {
    const fetch = (): Promise<Response> => Promise.reject(new TypeError("fetch failed"));
    const linq = composeClient({ fetch }, createTestClock());
    const error = await rejectionOf(linq.api.GET(PATH));
    expect(error).toBeInstanceOf(LinqConnectionError);
    expect(error).toMatchObject({ method: "GET", path: PATH, attempts: [{}, {}, {}] });
  });

  it("sends the token of the client in place of the caller's header", async () => {
    const { fetch, requests } = observeFetch(answerEmpty);
    const { api } = createLinqClient({ token: "right-token", fetch });
    await api.GET(PATH, { headers: { [TOKEN_HEADER]: "wrong" } });
    expect(requests[0]?.headers.get(TOKEN_HEADER)).toBe("right-token");
  });

  it("does not put the token on the request that middleware sees", async () => {
    const { fetch, requests } = observeFetch(answerEmpty);
    const { api } = createLinqClient({ token: "any-token", fetch });
    const seen: (string | null)[] = [];
    const look = ({ request }: { request: Request }): void => {
      seen.push(request.headers.get(TOKEN_HEADER));
    };
    api.use({ onRequest: look, onResponse: look });
    await api.GET(PATH);
    expect(seen).toEqual([null, null]);
    expect(requests[0]?.headers.get(TOKEN_HEADER)).toBe("any-token");
  });

  it("applies its middleware to none but its own calls", async () => {
    const { fetch, requests } = observeFetch(answerEmpty);
    const linq = createLinqClient({ fetch });
    const onRequest = vi.fn(() => Response.json({ webhook_subscriptions: "forged" }));
    linq.api.use({ onRequest });
    expect((await linq.api.GET(PATH)).data).toEqual({ webhook_subscriptions: "forged" });
    expect(await linq.webhookSubscriptions.list()).toEqual([]);
    expect(onRequest).toHaveBeenCalledOnce();
    expect(requests).toHaveLength(1);
  });

  it("runs its middleware once for a call with several attempts", async () => {
    const { fetch, requests } = observeFetch((_request, index) =>
      index < 2 ? new Response(null, { status: 503 }) : answerEmpty(),
    );
    const { api } = composeClient({ fetch }, createTestClock());
    const middleware = { onRequest: vi.fn(), onResponse: vi.fn(), onError: vi.fn() };
    api.use(middleware);
    await api.GET(PATH);
    expect(requests).toHaveLength(3);
    expect(middleware.onRequest).toHaveBeenCalledOnce();
    expect(middleware.onResponse).toHaveBeenCalledOnce();
    expect(middleware.onError).not.toHaveBeenCalled();
  });

  it("passes an error of ours to its middleware", async () => {
    const fetch = (): Promise<Response> => Promise.reject(new TypeError("fetch failed"));
    const { api } = composeClient({ fetch }, createTestClock());
    const onError = vi.fn();
    api.use({ onError });
    const error = await rejectionOf(api.GET(PATH));
    expect(onError).toHaveBeenCalledOnce();
    expect(onError.mock.calls[0]).toMatchObject([{ error }]);
  });
});

describe("an id", () => {
  const isId = (value: unknown): boolean =>
    typeof value === "number" && Number.isSafeInteger(value) && value > 0;

  it("reaches the network only as a positive integer that numbers hold exactly", async () => {
    const value = fc.oneof(
      fc.anything(),
      fc.string(),
      fc.double(),
      fc.integer(),
      fc.maxSafeInteger(),
      fc.bigInt(),
      fc.integer().map(String),
      fc.constantFrom(
        ...["", ".", "..", "../..", "%2e%2e", "1/../2", "1?x=", "1#", " 1", "01", "1e3"],
        ...[0, -0, -1, 0.5, 2 ** 53, 2 ** 53 + 2, NaN, Infinity, null, undefined, [1], 1n],
        new Number(1),
      ),
    );
    await fc.assert(
      fc.asyncProperty(value, async (given) => {
        // Every request finds nothing.
        const { fetch, requests } = observeFetch(({ method }) =>
          method === "GET"
            ? Response.json({ webhook_subscriptions: [] })
            : new Response(null, { status: 404 }),
        );
        const {
          get,
          update,
          delete: remove,
        } = composeClient({ fetch }, createTestClock()).webhookSubscriptions;
        // What a JavaScript caller may hand in.
        const id = given as number;
        const error = await rejectionOf(remove(id));
        const others = [await rejectionOf(get(id)), await rejectionOf(update(id, { version: 2 }))];
        if (isId(given)) {
          const paths = requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
          expect(paths.sort()).toEqual([
            `DELETE ${PATH}/${id}`,
            ...[1, 2, 3].map(() => `GET ${PATH}`),
          ]);
          expect(error).toMatchObject({ code: "not_found", id });
          return;
        }
        for (const refusal of [error, ...others]) {
          expect(refusal).toBeInstanceOf(InvalidInputError);
          expect(refusal).toMatchObject({ field: "id" });
        }
        expect(requests).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

it.each<[name: string, options: object]>([
  ["retries", { retries: 1 }],
  ["timeout", { timeout: "1" }],
  ["totalTimeout", { totalTimeout: 0 }],
  ["maxRetries", { maxRetries: -1 }],
  ["signal", { signal: {} }],
])(
  "a method refuses the unknown or invalid option %s, and sends nothing",
  async (name, options) => {
    const { fetch, requests } = observeFetch(answerEmpty);
    const { webhookSubscriptions } = createLinqClient({ fetch });
    const error = await rejectionOf(webhookSubscriptions.list(options));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(String(error)).toContain(name);
    expect(requests).toEqual([]);
  },
);

it("a client shares neither its token nor its errors with another client", async () => {
  const refuse = (): Promise<Response> => Promise.resolve(new Response(null, { status: 401 }));
  const one = createLinqClient({ token: "token-one", fetch: refuse });
  const { fetch, requests } = observeFetch(answerEmpty);
  const two = createLinqClient({ token: "token-two", fetch });
  const [error, list] = await Promise.all([
    rejectionOf(one.webhookSubscriptions.list()),
    two.webhookSubscriptions.list(),
  ]);
  expect(error).toBeInstanceOf(LinqApiError);
  expect(list).toEqual([]);
  expect(requests[0]?.headers.get(TOKEN_HEADER)).toBe("token-two");
});
