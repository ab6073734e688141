import { describe, expect, it } from "vitest";
import { composeClient } from "../../src/client.js";
import { LinqApiError, type LinqClient, UnexpectedRedirectError } from "../../src/index.js";
import { buildSubscription } from "../support/build-subscription.js";
import { type RawServer, startServer } from "../support/raw-server.js";
import { rejectionOf } from "../support/rejection.js";
import { createTestClock } from "../support/test-clock.js";
import { visibleText } from "../support/visible-text.js";

const TOKEN = "sentinel-token";
const SECRET = "sentinel-secret";
const PATH = "/api/partner/v2/webhook_subscriptions";

const STATUSES = [301, 302, 303, 307, 308];
const TARGETS = ["the same origin", "another origin"];

const INPUT = {
  webhook_url: "https://example.com/other",
  events: ["message.sent"],
  secret: SECRET,
} as const;

const METHODS: [
  method: "GET" | "POST" | "PUT" | "DELETE",
  call: (linq: LinqClient) => Promise<unknown>,
][] = [
  ["GET", (linq) => linq.webhookSubscriptions.list()],
  ["POST", (linq) => linq.webhookSubscriptions.create(INPUT)],
  ["PUT", (linq) => linq.webhookSubscriptions.update(7, { secret: SECRET })],
  ["DELETE", (linq) => linq.webhookSubscriptions.delete(7)],
];

interface Trap {
  readonly linq: LinqClient;
  /** The redirects that were answered, such as `POST /path`. */
  readonly redirected: () => string[];
  /** The requests that followed a redirect to its target. */
  readonly caught: () => string[];
  readonly target: RawServer;
}

const MATRIX = STATUSES.flatMap((status) =>
  TARGETS.flatMap((target) => METHODS.map((method) => [status, target, ...method] as const)),
);

describe.each(MATRIX)("a %d to %s for a %s", (status, target, method, call) => {
  it("is reported as an UnexpectedRedirectError and not retried", async () => {
    const { linq, redirected } = await setTrap(status, target, method);
    const error = await rejectionOf(call(linq));
    expect(error).toBeInstanceOf(UnexpectedRedirectError);
    expect(error).toMatchObject({ code: "unexpected_redirect", status, method });
    expect(redirected()).toHaveLength(1);
  });

  it("causes no request and no connection to its target", async () => {
    const { linq, caught, target: server } = await setTrap(status, target, method);
    await rejectionOf(call(linq));
    expect(caught()).toEqual([]);
    expect(server.connections()).toBe(0);
  });
});

describe.each(STATUSES)("a %d", (status) => {
  it("does not show its location, which may repeat the token", async () => {
    const { linq } = await setTrap(status, "another origin", "GET");
    const error = await rejectionOf(linq.webhookSubscriptions.list());
    expect(visibleText(error)).not.toContain(TOKEN);
  });

  it.each<[what: string, call: (linq: LinqClient) => Promise<unknown>]>([
    ["`redirect` of a call", (linq) => linq.api.GET(PATH, { redirect: "follow" })],
    ["a `Request` of a call", (linq) => linq.api.GET(PATH, { Request: FollowingRequest })],
    [
      "middleware",
      (linq) => {
        linq.api.use({ onRequest: ({ request }) => new Request(request, { redirect: "follow" }) });
        return linq.api.GET(PATH);
      },
    ],
  ])("is not followed even if %s asks for it", async (_what, call) => {
    const { linq, caught, target } = await setTrap(status, "another origin", "GET");
    expect(await rejectionOf(call(linq))).toBeInstanceOf(UnexpectedRedirectError);
    expect(caught()).toEqual([]);
    expect(target.connections()).toBe(0);
  });

  it("is not followed by a POST of linq.api, whose body holds the secret", async () => {
    const { linq, caught, target } = await setTrap(status, "another origin", "POST");
    const body = { webhook_subscription: { ...INPUT, version: 2, events: [...INPUT.events] } };
    const error = await rejectionOf(linq.api.POST(PATH, { body, redirect: "follow" }));
    expect(error).toBeInstanceOf(UnexpectedRedirectError);
    expect(caught()).toEqual([]);
    expect(target.connections()).toBe(0);
  });
});

it("does not treat a 304 as a redirect", async () => {
  const { linq, redirected } = await setTrap(304, "another origin", "GET");
  const error = await rejectionOf(linq.webhookSubscriptions.list());
  expect(error).toBeInstanceOf(LinqApiError);
  expect(error).toMatchObject({ status: 304 });
  expect(String(error)).not.toContain("redirect");
  expect(redirected()).toHaveLength(1);
  const { response } = await linq.api.GET(PATH);
  expect(response.status).toBe(304);
});

it.each([300, 305, 399])("treats a %d as a redirect that cannot be followed", async (status) => {
  const { linq, redirected } = await setTrap(status, "another origin", "GET");
  const error = await rejectionOf(linq.webhookSubscriptions.list());
  expect(error).toBeInstanceOf(UnexpectedRedirectError);
  expect(error).toMatchObject({ status });
  expect(redirected()).toHaveLength(1);
});

it("treats the opaque response of a browser as a redirect", async () => {
  // Node cannot create an opaque redirect, so this one has the fields that browsers describe.
  const hidden = Object.defineProperties(new Response(null), {
    type: { value: "opaqueredirect" },
    status: { value: 0 },
  });
  const linq = composeClient({ fetch: () => Promise.resolve(hidden) }, createTestClock());
  const error = await rejectionOf(linq.webhookSubscriptions.list());
  expect(error).toBeInstanceOf(UnexpectedRedirectError);
  expect(error).toMatchObject({ status: 0, attempts: [{ retryDelay: undefined }] });
});

class FollowingRequest extends Request {
  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(input, { ...init, redirect: "follow" });
  }
}

/** An API that redirects the requests of one method, and a server that should receive nothing. */
async function setTrap(status: number, where: string, method: string): Promise<Trap> {
  const target = await startServer((_request, response) => {
    response.end('{"webhook_subscriptions":[]}');
  });
  const origin = await startServer((request, response) => {
    if (request.method !== method) {
      const list = [buildSubscription({ id: 7 })];
      response.end(JSON.stringify({ webhook_subscriptions: list }));
      return;
    }
    const base = where === "another origin" ? target.url : "";
    response.writeHead(status, { location: `${base}/trap?token=${TOKEN}` });
    response.end(TOKEN);
  });
  const linq = composeClient({ token: TOKEN, baseUrl: origin.url }, createTestClock());
  return {
    linq,
    redirected: () => origin.requests.filter((request) => request.startsWith(`${method} ${PATH}`)),
    caught: () =>
      [...origin.requests, ...target.requests].filter((request) => request.includes("/trap")),
    target,
  };
}
