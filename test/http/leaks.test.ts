import { inspect } from "node:util";
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { composeClient } from "../../src/client.js";
import type { Attempt, LinqClient, LinqClientOptions } from "../../src/index.js";
import { buildSubscription } from "../support/build-subscription.js";
import { startServer } from "../support/raw-server.js";
import { createTestClock } from "../support/test-clock.js";
import { visibleText } from "../support/visible-text.js";

/**
 * A token and a secret that need every kind of escaping. In the middle of each is a word that no
 * encoding changes, so finding the word means that the value has leaked.
 */
const TOKEN = `t'k"\\%41&<SENTINEL-TOKEN>;+/=$&`;
const SECRET = `s'"c \\u0041 %41&<SENTINEL-SECRET> größe 🔑;+`;
const SEEN = /SENTINEL/i;

const URL_OF_ALL = "https://example.com/hook";
const INPUT = { webhook_url: URL_OF_ALL, events: ["message.sent"], secret: SECRET };

type Encode = (text: string) => string;

const asIs: Encode = (text) => text;
const inJson: Encode = (text) => JSON.stringify(text).slice(1, -1);
const inAscii: Encode = (text) =>
  inJson(text).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
const inHtml: Encode = (text) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");

const ENCODINGS: [name: string, encode: Encode][] = [
  ["as they are", asIs],
  ["as in JSON", inJson],
  ["as in JSON of nothing but ASCII", inAscii],
  ["as in a URL", encodeURIComponent],
  ["as in a form", (text) => new URLSearchParams([["", text]]).toString().slice(1)],
  ["as in HTML", inHtml],
];

const BODIES: [name: string, type: string, make: (echo: string) => string][] = [
  ["nothing", "text/plain", () => ""],
  ["plain text", "text/plain", (echo) => `${echo} is wrong; ${echo}`],
  ["HTML", "text/html", (echo) => `<html><title>${echo}</title><p title="${echo}">${echo}`],
  ["HTML without a title", "text/html", (echo) => `<h1>Bad</h1> <b>${echo}</b> ${echo}`],
  ["truncated JSON", "application/json", (echo) => `{"message": "${echo}", "errors": ["${echo}`],
  ["JSON that begins with it", "application/json", (echo) => `${echo}{"message": 1}`],
];

/** JSON that holds the values everywhere an answer can hold text. */
const JSON_BODIES: [name: string, make: (echo: string) => unknown][] = [
  [
    "one error",
    (echo) => ({ status: echo, error_code: echo, message: echo, errors: [echo, `x ${echo}`] }),
  ],
  [
    "a list of errors",
    (echo) => ({ errors: [{ status: echo, code: echo, title: echo, detail: echo }] }),
  ],
  ["errors in other places", (echo) => ({ error: { code: echo, message: [echo] }, errors: echo })],
  ["text", (echo) => echo],
  ["a list of text", (echo) => [echo]],
  ["names of fields", (echo) => ({ [echo]: echo, errors: [{ [echo]: 1 }] })],
  [
    "the name of a field that says that the list goes on",
    (echo) => ({ webhook_subscriptions: [], [`next ${echo}`]: echo }),
  ],
  [
    "a list with a field of the wrong type",
    (echo) => ({ webhook_subscriptions: [{ ...echoing(echo), version: echo }] }),
  ],
  ["a list of something else", (echo) => ({ webhook_subscriptions: [echo, { [echo]: echo }] })],
  [
    "pages that do not add up",
    (echo) => ({
      webhook_subscriptions: [echoing(echo)],
      meta: { page: 1, total_pages: 1, total_count: 5, next: echo },
    }),
  ],
  [
    "a list with everything in it",
    (echo) => ({ webhook_subscriptions: [echoing(echo), { ...echoing(echo), id: 8 }] }),
  ],
  ["a subscription that is not what was sent", (echo) => ({ webhook_subscription: echoing(echo) })],
  [
    "a subscription with an unusable id",
    (echo) => ({ webhook_subscription: { ...echoing(echo), id: echo } }),
  ],
];

/** A subscription that conflicts with the input, and shows the values wherever it can. */
function echoing(echo: string): object {
  return {
    ...buildSubscription({ id: 7, webhook_url: `${URL_OF_ALL}#${echo}` }),
    events: ["message.sent", echo],
    secret_configured: true,
    created_at: echo,
    last_delivered_at: echo,
    secret: echo,
    [echo]: { echo: [echo] },
  };
}

type CallOf = (linq: LinqClient<string>) => Promise<unknown>;

/** Calls that know the secret, so that they can hide it. */
const WITH_SECRET: CallOf[] = [
  (linq) => linq.webhookSubscriptions.create(INPUT),
  (linq) => linq.webhookSubscriptions.create(INPUT, { allowDuplicate: true }),
  (linq) => linq.webhookSubscriptions.ensure(INPUT),
  (linq) => linq.webhookSubscriptions.update(7, INPUT),
  (linq) => linq.webhookSubscriptions.update(8, INPUT),
  (linq) => linq.webhookSubscriptions.rotateSecret({ webhook_url: URL_OF_ALL, secret: SECRET }),
];

/** Calls that know only the token. */
const WITHOUT_SECRET: CallOf[] = [
  (linq) => linq.webhookSubscriptions.list(),
  (linq) => linq.webhookSubscriptions.get(9),
  (linq) => linq.webhookSubscriptions.delete(7),
  (linq) => linq.webhookSubscriptions.removeDuplicates(),
  (linq) => linq.api.GET("/api/partner/v2/webhook_subscriptions", { parseAs: "text" }),
];

describe.each(ENCODINGS)("a server that echoes token and secret %s", (_how, encode) => {
  const echo = encode(`${TOKEN} ${SECRET}`);

  it.each(BODIES)("cannot make the client leak them through %s", async (_body, type, make) => {
    const texts = await Promise.all([200, 422].map((status) => see(status, type, make(echo))));
    for (const text of texts) expect(text).not.toMatch(SEEN);
  });

  it.each(JSON_BODIES)("cannot make the client leak them through %s", async (_body, make) => {
    const body = JSON.stringify(make(echo));
    const texts = await Promise.all(
      [200, 422].map((status) => see(status, "application/json", body)),
    );
    for (const text of texts) expect(text).not.toMatch(SEEN);
  });
});

it.each([201, 202, 204, 301, 304, 400, 401, 403, 404, 409, 429, 500, 503])(
  "a server that echoes token and secret with a %d cannot make the client leak them",
  async (status) => {
    expect(await see(status, "text/plain", `${TOKEN} ${SECRET}`)).not.toMatch(SEEN);
  },
);

it("detects an echoed value that is not hidden, so the check itself works", async () => {
  expect(await see(422, "text/plain", "ANOTHER-VALUE is wrong")).toContain("ANOTHER-VALUE");
});

it.each(JSON_BODIES)(
  "a server that echoes token and secret only to writes, in %s, cannot make the client leak them",
  async (_body, make) => {
    const baseUrl = await startEcho((method, response) => {
      const list = { webhook_subscriptions: [buildSubscription({ id: 7 })] };
      const isList = method === "GET";
      const body = isList ? list : make(`${TOKEN} ${SECRET}`);
      response.writeHead(isList ? 200 : 201).end(JSON.stringify(body));
    });
    expect(await seeAll(WITH_SECRET, { token: TOKEN, baseUrl, maxRetries: 0 })).not.toMatch(SEEN);
  },
);

/** Every place in which an error of a custom `fetch` could hold a value. */
const THROWN: [where: string, make: () => unknown][] = [
  ["the message", () => new TypeError(`bad header ${TOKEN}`)],
  ["a cause", () => new TypeError("failed", { cause: new Error(TOKEN) })],
  [
    "a cause of a cause",
    () => new TypeError("failed", { cause: new Error("x", { cause: { secret: SECRET } }) }),
  ],
  ["one error of many", () => new AggregateError([new Error(SECRET), new Error(TOKEN)])],
  ["the code", () => Object.assign(new Error("x"), { code: `E_${TOKEN}` })],
  ["the name", () => Object.assign(new Error("x"), { name: TOKEN })],
  ["a field", () => Object.assign(new Error("x"), { token: TOKEN, body: SECRET })],
  [
    "the configuration of a request",
    () =>
      Object.assign(new Error("x"), {
        config: { headers: { "X-LINQ-INTEGRATION-TOKEN": TOKEN }, data: JSON.stringify(INPUT) },
      }),
  ],
  ["Headers", () => Object.assign(new Error("x"), { headers: new Headers({ token: TOKEN }) })],
  [
    "a Request",
    () => Object.assign(new Error("x"), { request: new Request(`${URL_OF_ALL}?${TOKEN}`) }),
  ],
  ["a method that makes JSON", () => Object.assign(new Error("x"), { toJSON: () => TOKEN })],
  ["a class that makes JSON", () => new TellingError()],
  [
    "its own way to be inspected",
    () => Object.assign(new Error("x"), { [inspect.custom]: () => TOKEN }),
  ],
  ["a field of a function", () => Object.assign(new Error("x"), { f: withField(TOKEN) })],
  ["the description of a symbol", () => Object.assign(new Error("x"), { s: Symbol(TOKEN) })],
  ["text that is thrown", () => `failed with ${TOKEN}`],
  ["an object that is thrown", () => ({ message: TOKEN, code: SECRET })],
  ["a function that is thrown", () => withField(TOKEN)],
];

/** JavaScript can throw a value that is not an error. */
const asError = (value: unknown): Error => value as Error;

class TellingError extends Error {
  readonly #token = TOKEN;

  toJSON(): object {
    return { token: this.#token };
  }
}

function withField(value: string): () => void {
  return Object.assign(() => undefined, { value });
}

it.each(THROWN)(
  "a fetch that fails with the values in %s cannot make the client leak them",
  async (_where, make) => {
    const fetch = (): Promise<Response> => Promise.reject(asError(make()));
    const text = await seeAll(WITH_SECRET, { token: TOKEN, fetch, maxRetries: 0 });
    expect(text).toContain("LinqConnectionError");
    expect(text).not.toMatch(SEEN);
  },
);

it.each(THROWN)(
  "a body that fails with the values in %s cannot make the client leak them",
  async (_where, make) => {
    const fetch = (): Promise<Response> => {
      const body = new ReadableStream({
        pull: (controller) => {
          controller.error(make());
        },
      });
      return Promise.resolve(new Response(body));
    };
    const text = await seeAll(WITH_SECRET, { token: TOKEN, fetch, maxRetries: 0 });
    expect(text).toContain("LinqConnectionError");
    expect(text).not.toMatch(SEEN);
  },
);

it("hides every token that a function has returned during a call", async () => {
  let asked = 0;
  const token = (): string => `SENTINEL-${++asked}`;
  const sent: string[] = [];
  const fetch: typeof globalThis.fetch = (_url, init) => {
    sent.push(...new Headers(init?.headers).values());
    const status = sent.length < 6 ? 503 : 422;
    return Promise.resolve(new Response(JSON.stringify({ errors: sent }), { status }));
  };
  const linq = composeClient({ token, fetch }, createTestClock());
  const error: unknown = await linq.webhookSubscriptions.list().catch((thrown: unknown) => thrown);
  expect(asked).toBe(3);
  expect(visibleText(error)).not.toMatch(SEEN);
});

it("shows no token in the client, its methods or anything inside them", () => {
  const linq = composeClient({ token: TOKEN }, createTestClock());
  expect(visibleText(linq)).not.toMatch(SEEN);
});

it.each<[what: string, options: object]>([
  ["an invalid token", { token: "SENTINEL TOKEN" }],
  ["a base URL with a password", { baseUrl: "https://user:SENTINEL@example.com" }],
  ["a base URL with a query", { baseUrl: "https://example.com?key=SENTINEL" }],
  ["an invalid base URL", { baseUrl: "SENTINEL" }],
  ["an invalid lock", { lock: "SENTINEL" }],
  ["an invalid timeout", { timeout: "SENTINEL" }],
])("does not repeat %s", (_what, options) => {
  let error: unknown;
  try {
    composeClient(options, createTestClock());
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ code: "invalid_input" });
  expect(visibleText(error)).not.toMatch(SEEN);
});

it.each([
  ` ${SECRET}`,
  `${SECRET}\n`,
  `${SECRET}\ud83d`,
  [SECRET],
  { secret: SECRET },
  `***${SECRET}`,
])("does not repeat an invalid secret", async (secret) => {
  const linq = composeClient({ token: TOKEN }, createTestClock());
  // What a JavaScript caller may pass.
  const input = { ...INPUT, secret: secret as string };
  const error: unknown = await linq.webhookSubscriptions
    .ensure(input)
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "invalid_input", field: "secret" });
  expect(visibleText(error)).not.toMatch(SEEN);
});

/** Everything visible in the errors and attempts of calls, and in the client. */
async function seeAll(calls: CallOf[], options: LinqClientOptions): Promise<string> {
  const records: Attempt[] = [];
  const onAttempt = (attempt: Attempt): void => void records.push(attempt);
  const linq = composeClient({ ...options, onAttempt }, createTestClock());
  const results = await Promise.allSettled(calls.map((call) => call(linq)));
  const errors = results.flatMap((result): unknown[] =>
    result.status === "rejected" ? [result.reason] : [],
  );
  return [...errors, ...records, linq].map(visibleText).join("\n");
}

/**
 * Everything visible in the calls to a server that gives every request the same answer, except a
 * secret that a call was not given and so cannot know.
 */
async function see(status: number, type: string, body: string): Promise<string> {
  const baseUrl = await startEcho((_method, response) => {
    response.writeHead(status, { "content-type": `${type}; token="${TOKEN}"` }).end(body);
  });
  const options = { token: TOKEN, baseUrl, maxRetries: 0 };
  const unknown = (await seeAll(WITHOUT_SECRET, options)).replaceAll("SENTINEL-SECRET", "");
  return `${await seeAll(WITH_SECRET, options)}\n${unknown}`;
}

/** A server that shows token and secret in every header, and leaves the rest to `answer`. */
async function startEcho(
  answer: (method: string, response: ServerResponse) => void,
): Promise<string> {
  const { url } = await startServer((request, response) => {
    for (const name of ["location", "retry-after", "www-authenticate", "link", "etag", "x-any"]) {
      response.setHeader(name, [TOKEN, encodeURIComponent(SECRET)]);
    }
    answer(request.method ?? "", response);
  });
  return url;
}
