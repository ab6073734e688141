import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { Interrupted } from "../../../src/cli/interrupted.js";
import { createSandbox } from "../../../src/sandbox/index.js";
import { closedUrl, startServer } from "../../support/raw-server.js";
import { CLI_TOKEN, type CliResult, type CliWorld } from "../../support/run-cli.js";
import { createHookWorld, type HookWorld, LOCAL_API, serveHook } from "../hook-world.js";

const SECRET = "s3ntinel of the test";
const ENV = { HOOK_SECRET: SECRET };
const WITH_SECRET = ["--secret-env", "HOOK_SECRET"];
const NOW = Date.parse("2025-06-01T12:00:00Z");
const DAY = 86_400_000;

/** A URL to which no test sends a request. */
const ELSEWHERE = "https://example.com/hook";

interface Report {
  readonly outcome: string;
  readonly checks: readonly Readonly<Record<string, string>>[];
}

function reportOf({ stdout }: CliResult): Report {
  return JSON.parse(stdout) as Report; // A wrong shape fails the expectation.
}

/** Runs `doctor`, and returns the finding of one check. */
async function findingOf(
  check: string,
  { run }: Pick<HookWorld, "run">,
  argv: readonly string[],
  world?: CliWorld,
): Promise<Readonly<Record<string, string>> | undefined> {
  const result = await run(["doctor", ...argv, "--json"], { env: ENV, ...world });
  expect(result.stderr).toBe("");
  return reportOf(result).checks.find((finding) => finding["check"] === check);
}

describe("doctor", () => {
  it("reports no failure for a working setup, and names every check", async () => {
    const world = await createHookWorld();
    const { url, events } = await serveHook(SECRET);
    await world.give({ webhook_url: url, events: ["message.received"], secret: SECRET });
    await world.sandbox.emit("message.received");
    const result = await world.run(["doctor", "--url", url, ...WITH_SECRET], { env: ENV });
    expect(result).toMatchObject({ code: 0, stderr: "" });
    expect(result.stdout).toMatch(/^(✓ \S+: .+\n){9}\n0 failures, 0 warnings\.\n$/);
    const checks = [...result.stdout.matchAll(/^✓ (\S+):/gm)].map(([, check]) => check);
    const account = ["token", "subscription", "secret", "deliveries"];
    const receiver = ["address", "certificate", "unsigned", "signed", "duration"];
    expect(checks).toEqual([...account, ...receiver]);
    // One delivery is from the API, and one from `doctor`, as its id shows.
    expect(events).toHaveLength(2);
    expect(events[1]?.event_id).toMatch(/^d0c70000-0000-4000-8000-[0-9a-f]{12}$/);
  });

  it("sends no delivery that the receiver accepts unless it has a secret", async () => {
    const world = await createHookWorld();
    const { url, events } = await serveHook(SECRET);
    await world.give({ webhook_url: url, events: ["message.received"], secret: SECRET });
    const { code, stdout } = await world.run(["doctor", "--url", url]);
    expect(code).toBe(0);
    expect(stdout).not.toContain("signed: an example");
    expect(events).toEqual([]);
  });

  it("prints every finding as JSON with --json", async () => {
    const world = await createHookWorld();
    const { url } = await serveHook(SECRET);
    const result = await world.run(["doctor", "--url", url, "--json"]);
    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout)).toMatchObject({
      version: 1,
      webhook_url: url,
      outcome: "failure",
      checks: [
        {
          check: "token",
          outcome: "ok",
          message: `${LOCAL_API} accepts the token, and lists 0 subscriptions`,
        },
        {
          check: "subscription",
          outcome: "failure",
          advice: "`linq-webhooks ensure` adds a subscription",
        },
        { check: "address", outcome: "ok" },
        { check: "certificate", outcome: "ok" },
        { check: "unsigned", outcome: "ok" },
        { check: "duration", outcome: "ok" },
      ],
    });
  });

  it("changes nothing in the account", async () => {
    const world = await createHookWorld();
    await world.give({ webhook_url: ELSEWHERE, events: ["message.read"] });
    const before = world.sandbox.requests.length;
    await world.run(["doctor"]);
    expect(world.sandbox.requests.slice(before).map(({ method }) => method)).toEqual(["GET"]);
  });
});

describe("the check of the token", () => {
  const world = {
    run: async (...args: Parameters<HookWorld["run"]>) => (await createHookWorld()).run(...args),
  };

  it("fails when the token is missing", async () => {
    const env = { LINQ_INTEGRATION_TOKEN: undefined, LINQ_BASE_URL: undefined };
    expect(await findingOf("token", world, [], { env })).toEqual({
      check: "token",
      outcome: "failure",
      message: "the token is missing",
      advice: "set LINQ_INTEGRATION_TOKEN, or pipe one in and add --token-stdin",
    });
  });

  it("fails when standard input contains no token", async () => {
    const finding = await findingOf("token", world, ["--token-stdin"], { stdin: [""] });
    expect(finding?.["advice"]).toBe("pipe in the token on the first line");
  });

  it("fails when the API refuses the token", async () => {
    const strict = await createHookWorld({ token: "another-token" });
    const finding = await findingOf("token", strict, []);
    expect(finding).toMatchObject({
      outcome: "failure",
      message: expect.stringContaining("answered 401") as unknown,
      advice: expect.stringContaining("has not been replaced") as unknown,
    });
  });

  it("identifies the prefix `Bearer`, which belongs to version 3 of the API", async () => {
    const env = { LINQ_INTEGRATION_TOKEN: `Bearer ${CLI_TOKEN}` };
    const finding = await findingOf("token", world, [], { env });
    expect(finding?.["advice"]).toContain("the prefix `Bearer`, which only version 3 uses");
    expect(JSON.stringify(finding)).not.toContain(CLI_TOKEN);
  });

  it("identifies an answer of version 3 of the API", async () => {
    const fetch = (): Promise<Response> =>
      Promise.resolve(
        Response.json(
          { success: false, error: { status: 401, message: "Missing bearer token" } },
          { status: 401 },
        ),
      );
    const finding = await findingOf("token", world, [], { fetch });
    expect(finding?.["advice"]).toContain("this answer comes from version 3 of the API");
  });

  it.each([
    "/api/partner/v2",
    "/api/partner/v2/",
    "/api/partner/v3",
    "/api/partner/v2/webhook_subscriptions",
  ])("fails when the base URL ends in %s", async (path) => {
    const env = { LINQ_BASE_URL: LOCAL_API + path };
    const finding = await findingOf("token", world, [], { env });
    const advice = `LINQ_BASE_URL must end before ${path.replace(/\/$/, "")}, which the client adds: remove that part`;
    expect(finding).toMatchObject({ outcome: "failure", advice });
  });

  it.each<[string, string | undefined, NonNullable<CliWorld["fetch"]> | undefined, string]>([
    ["is not a URL", "api.linqapp.com", undefined, "correct LINQ_BASE_URL"],
    ["is http:", "http://api.linqapp.com", undefined, "correct LINQ_BASE_URL"],
    [
      "serves a web page",
      undefined,
      () => Promise.resolve(new Response("<h1>Welcome")),
      "is not the API",
    ],
    [
      "redirects",
      undefined,
      () => Promise.resolve(new Response(null, { status: 301 })),
      "is not the API",
    ],
    [
      "answers 404",
      undefined,
      () => Promise.resolve(new Response(null, { status: 404 })),
      "is not the API",
    ],
    [
      "answers 500",
      undefined,
      () => Promise.resolve(new Response(null, { status: 500 })),
      "try again later",
    ],
  ])("fails when the base URL %s", async (_name, url, fetch, advice) => {
    const env = { ...ENV, ...(url !== undefined && { LINQ_BASE_URL: url }) };
    const finding = await findingOf("token", world, [], { env, ...(fetch && { fetch }) });
    expect(finding).toMatchObject({
      outcome: "failure",
      advice: expect.stringContaining(advice) as unknown,
    });
  });

  it("fails when the sandbox is not running", async () => {
    const env = { LINQ_BASE_URL: await closedUrl() };
    const finding = await findingOf("token", world, [], { env });
    expect(finding).toMatchObject({
      outcome: "failure",
      message: expect.stringContaining("ECONNREFUSED") as unknown,
      advice: expect.stringMatching(
        /^is the sandbox running\? start it with `linq-webhooks sandbox --port \d+`/,
      ) as unknown,
    });
  });

  it("advises to check the network when the API is unreachable", async () => {
    const env = { LINQ_BASE_URL: undefined };
    const fetch = (): Promise<never> => Promise.reject(new TypeError("fetch failed"));
    const finding = await findingOf("token", world, [], { env, fetch });
    expect(finding?.["advice"]).toBe("check the network, and LINQ_BASE_URL if it is set");
  });

  it("does not stop the checks of the receiver when the token is missing", async () => {
    const { url } = await serveHook(SECRET);
    const env = { ...ENV, LINQ_INTEGRATION_TOKEN: undefined, LINQ_BASE_URL: undefined };
    const argv = ["doctor", "--url", url, ...WITH_SECRET, "--json"];
    const result = await world.run(argv, { env });
    expect(reportOf(result).checks.map(({ check }) => check)).toEqual([
      ...["token", "address", "certificate", "unsigned", "signed", "duration"],
    ]);
  });
});

describe("the check of the subscriptions of a URL", () => {
  it.each([
    ["another spelling", "http://127.0.0.1:9/Hook/"],
    ["another path of the host", "http://127.0.0.1:9/hooks"],
    ["another host", "http://127.0.0.10:9/hook"],
  ])("fails, and names the nearest URL, when the account has only %s", async (_name, stored) => {
    const world = await createHookWorld();
    await world.give({ webhook_url: stored, events: ["message.read"] });
    const finding = await findingOf("subscription", world, ["--url=http://127.0.0.1:9/hook"]);
    expect(finding).toMatchObject({
      outcome: "failure",
      message: `no subscription has this URL; the nearest is ${stored} (1)`,
      advice: expect.stringContaining("`linq-webhooks update 1 --url URL`") as unknown,
    });
  });

  it("fails when the only subscription is inactive", async () => {
    const world = await createHookWorld();
    const { url } = await serveHook(SECRET);
    await world.give({ webhook_url: url, events: ["message.read"], active: false });
    expect(await findingOf("subscription", world, ["--url", url])).toEqual({
      check: "subscription",
      outcome: "failure",
      message: "subscription 1 is inactive, and no other subscription delivers to this URL",
      advice: "activate it: `linq-webhooks update 1 --active`",
    });
  });

  it.each([
    [
      "are identical",
      ["message.read"],
      "duplicates` shows the redundant ones, and --remove deletes them",
    ],
    ["overlap", ["message.read", "message.sent"], "linq-webhooks update <id> --event"],
  ] as const)("warns about subscriptions that %s", async (what, events, advice) => {
    const world = await createHookWorld();
    const { url } = await serveHook(SECRET);
    const extra = what === "overlap" ? (["message.received"] as const) : [];
    await world.give(
      { webhook_url: url, events: ["message.read", ...extra] },
      { webhook_url: url, events },
    );
    expect(await findingOf("subscription", world, ["--url", url])).toMatchObject({
      outcome: "warning",
      message: `subscriptions 1 and 2 ${what}: message.read arrives more than once`,
      advice: expect.stringContaining(advice) as unknown,
    });
  });

  it.each([
    [
      "deliver the event",
      "message.read",
      "ok",
      "message.read is among the events of subscription 1",
    ],
    [
      "do not deliver the event",
      "message.sent",
      "failure",
      "no subscription delivers message.sent",
    ],
    [
      "would deliver the event, but are inactive",
      "call.completed",
      "failure",
      "only subscription 2 would deliver call.completed, but is inactive",
    ],
  ])("reports for --event that the subscriptions %s", async (_name, event, outcome, message) => {
    const world = await createHookWorld();
    const { url } = await serveHook(SECRET);
    await world.give(
      { webhook_url: url, events: ["message.read"] },
      { webhook_url: url, events: ["call.completed"], active: false },
    );
    const argv = ["--url", url, "--event", event];
    expect(await findingOf("events", world, argv)).toMatchObject({ outcome, message });
  });

  it("warns about a subscription without a secret, which the receiver needs", async () => {
    const world = await createHookWorld();
    const { url } = await serveHook(SECRET);
    await world.give({ webhook_url: url, events: ["message.read"] });
    expect(await findingOf("secret", world, ["--url", url])).toMatchObject({
      outcome: "warning",
      message: expect.stringContaining("subscription 1 has no secret") as unknown,
      advice: expect.stringContaining("`linq-webhooks update 1 --secret-env NAME`") as unknown,
    });
    expect(await findingOf("unsigned", world, ["--url", url])).toMatchObject({
      outcome: "failure",
      message:
        "the receiver refuses unsigned deliveries (401), and the subscription does not sign its deliveries",
    });
  });

  it("warns when the API does not say whether a subscription has a secret", async () => {
    const world = await createHookWorld();
    const { url } = await serveHook(SECRET);
    const row = { id: 4, webhook_url: url, events: ["message.read"], active: true, version: 2 };
    const fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> =>
      new URL(input instanceof Request ? input.url : input).href.startsWith(url)
        ? globalThis.fetch(input, init)
        : Promise.resolve(Response.json({ webhook_subscriptions: [row] }));
    expect(await findingOf("secret", world, ["--url", url], { fetch })).toMatchObject({
      outcome: "warning",
      message: "the API does not say whether subscription 4 has a secret",
    });
  });
});

describe("the check of the deliveries of a subscription", () => {
  interface Past {
    readonly status: number;
    readonly times: number;
    readonly daysAgo: number;
  }

  async function findAfter({ status, times, daysAgo }: Past) {
    const world = await createHookWorld({
      now: () => NOW - daysAgo * DAY,
      receivers: { [ELSEWHERE]: () => new Response(null, { status }) },
    });
    await world.give({ webhook_url: ELSEWHERE, events: ["message.read"], secret: SECRET });
    for (let time = 0; time < times; time++) await world.sandbox.emit("message.read");
    return findingOf("deliveries", world, []);
  }

  it.each<[string, Past, string, string]>([
    [
      "were never attempted",
      { status: 200, times: 0, daysAgo: 0 },
      "warning",
      "Linq has never attempted a delivery to subscription 1",
    ],
    [
      "never succeeded",
      { status: 500, times: 3, daysAgo: 0 },
      "failure",
      "all 3 attempts to deliver to subscription 1 failed",
    ],
    [
      "failed at the only attempt",
      { status: 500, times: 1, daysAgo: 0 },
      "failure",
      "the only attempt to deliver to subscription 1 failed",
    ],
    [
      "succeeded recently",
      { status: 200, times: 12, daysAgo: 0 },
      "ok",
      "the last delivery to subscription 1 succeeded just now, with 12 attempts",
    ],
    [
      "have not succeeded for days",
      { status: 200, times: 12, daysAgo: 3 },
      "warning",
      "the last delivery to subscription 1 succeeded 3 d ago, with 12 attempts",
    ],
    [
      "are rare",
      { status: 200, times: 2, daysAgo: 3 },
      "ok",
      "the last delivery to subscription 1 succeeded 3 d ago, with 2 attempts",
    ],
  ])("reports deliveries that %s", async (_name, past, outcome, message) => {
    expect(await findAfter(past)).toMatchObject({
      outcome,
      message: expect.stringContaining(message) as unknown,
    });
  });
});

describe("doctor without a URL", () => {
  it("checks every subscription of the account, and sends nothing to a receiver", async () => {
    const receivers = { [ELSEWHERE]: () => new Response(null, { status: 500 }) };
    const world = await createHookWorld({ receivers });
    const hook = await serveHook(SECRET);
    await world.give(
      { webhook_url: hook.url, events: ["message.read"], secret: SECRET },
      { webhook_url: ELSEWHERE, events: ["message.read"] },
      { webhook_url: ELSEWHERE, events: ["message.read"] },
      { webhook_url: `${ELSEWHERE}/paused`, events: ["message.read"], active: false },
    );
    await world.sandbox.emit("message.read");
    const { code, stdout } = await world.run(["doctor"], { fetch: world.sandbox.fetch });
    expect(code).toBe(1);
    const [first, ...sections] = stdout.split("\n\n");
    expect(first).toMatch(/^✓ token: /);
    expect(sections.map((section) => section.split("\n")[0])).toEqual([
      ...[hook.url, ELSEWHERE, `${ELSEWHERE}/paused`, "2 failures, 4 warnings."],
    ]);
    expect(stdout).toContain("! subscription: subscriptions 2 and 3 are identical");
    expect(stdout).toContain("! subscription: subscription 4 is inactive");
    expect(stdout).toContain("`linq-webhooks doctor --url URL` checks one URL further");
    expect(hook.events).toHaveLength(1);
  });

  it("names the URL of each finding with --json", async () => {
    const world = await createHookWorld();
    await world.give({ webhook_url: ELSEWHERE, events: ["message.read"] });
    const result = await world.run(["doctor", "--json", "--event=message.sent"]);
    expect(JSON.parse(result.stdout)).toMatchObject({
      webhook_url: null,
      checks: [
        { check: "token" },
        { check: "events", outcome: "failure", message: "no subscription delivers message.sent" },
        { check: "subscription", webhook_url: ELSEWHERE },
        { check: "secret", webhook_url: ELSEWHERE },
        { check: "deliveries", webhook_url: ELSEWHERE },
      ],
    });
  });

  it("fails when the account has no subscriptions", async () => {
    const { code, stdout } = await (await createHookWorld()).run(["doctor"]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      "✗ subscription: the account has no subscriptions, so Linq delivers nothing",
    );
  });
});

describe("the check of the address of a receiver", () => {
  /** The environment of the real API, which is not on this machine. */
  const REAL = { env: { ...ENV, LINQ_BASE_URL: undefined } };

  it("fails when the host has no address", async () => {
    const world = await createHookWorld();
    const finding = await findingOf("address", world, ["--url=https://nowhere.invalid/hook"]);
    expect(finding).toMatchObject({
      outcome: "failure",
      message: expect.stringMatching(/^nowhere\.invalid has no address \(E/) as unknown,
      advice: "correct the URL, or the DNS record of the host",
    });
  });

  it.each([
    ["belongs to this machine", "http://localhost:9/hook", "failure", "which is this machine"],
    ["is private", "http://10.255.255.1:9/hook", "warning", "which is private"],
  ])("reports an address that %s", async (_name, url, outcome, message) => {
    const world = await createHookWorld();
    expect(await findingOf("address", world, ["--url", url, "--timeout=0.01"], REAL)).toMatchObject(
      {
        outcome,
        message: expect.stringContaining(message) as unknown,
      },
    );
  });

  it("accepts an address on this machine when the API is there, too", async () => {
    const world = await createHookWorld();
    const argv = ["--url=http://127.0.0.1:9/hook", "--timeout=0.01"];
    expect(await findingOf("address", world, argv)).toMatchObject({ outcome: "ok" });
  });

  it("leaves a closed port to the check of the unsigned request", async () => {
    const world = await createHookWorld();
    expect(await findingOf("unsigned", world, ["--url", await closedUrl()])).toMatchObject({
      outcome: "failure",
      message: "the receiver did not answer (ECONNREFUSED)",
      advice: expect.stringContaining("check that the receiver is running") as unknown,
    });
  });

  it("leaves http: to another machine to the check of the certificate", async () => {
    const world = await createHookWorld();
    const argv = ["--url=http://10.255.255.1:9/hook", "--timeout=0.01"];
    expect(await findingOf("certificate", world, argv, REAL)).toMatchObject({
      outcome: "warning",
      message: expect.stringContaining("the URL is http:") as unknown,
    });
  });
});

describe("the check of the certificate of a receiver", () => {
  const read = (name: string): string =>
    readFileSync(new URL(`../../wild/${name}`, import.meta.url), "utf8");

  async function serveTls(): Promise<string> {
    const options = { key: read("key.pem"), cert: read("certificate.pem") };
    const server = createServer(options, (_request, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    // `address()` returns a string for a pipe, and null before `listen`.
    return `https://localhost:${(server.address() as AddressInfo).port}/hook`;
  }

  it("fails for a self-signed certificate", async () => {
    const world = await createHookWorld();
    const url = await serveTls();
    const result = await world.run(["doctor", "--url", url, "--json"]);
    const { checks } = reportOf(result);
    expect(result.code).toBe(1);
    expect(checks.at(-1)).toEqual({
      check: "certificate",
      outcome: "failure",
      message: "the certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)",
      advice: "get one from a public authority, such as Let's Encrypt",
    });
  });

  it("fails when the server does not speak TLS", async () => {
    const world = await createHookWorld();
    const { url } = await startServer((_request, response) => response.end());
    const argv = ["--url", url.replace("http:", "https:")];
    expect(await findingOf("certificate", world, argv)).toMatchObject({
      outcome: "failure",
      message: expect.stringContaining("the TLS connection failed (E") as unknown,
      advice: expect.stringContaining("uses TLS") as unknown,
    });
  });

  it("fails when the port is closed", async () => {
    const world = await createHookWorld();
    const argv = ["--url", (await closedUrl()).replace("http:", "https:")];
    expect(await findingOf("certificate", world, argv)).toMatchObject({
      outcome: "failure",
      message: "the TLS connection failed (ECONNREFUSED)",
    });
  });
});

describe("the checks of the answer", () => {
  type Respond = (response: ServerResponse, isSigned: boolean) => void;

  /** Creates a subscription with a secret, and a receiver that answers as given. */
  async function subscribe(
    respond: Respond,
  ): Promise<{ world: HookWorld; url: string; requests: readonly string[] }> {
    const world = await createHookWorld();
    const { url, requests } = await startServer((request, response) => {
      respond(response, request.headers["x-webhook-signature"] !== undefined);
    });
    await world.give({ webhook_url: url, events: ["message.received"], secret: SECRET });
    return { world, url, requests };
  }

  const always =
    (status: number, headers: Record<string, string> = {}, body = ""): Respond =>
    (response) => {
      response.writeHead(status, headers).end(body);
    };

  it.each<[string, Respond, string, string, string]>([
    [
      "200",
      always(200),
      "failure",
      "accepts a delivery without a signature (200)",
      "anybody can send",
    ],
    [
      "308",
      always(308, { location: "https://www.example.com/hook" }),
      "failure",
      "the URL redirects (308) to https://www.example.com/hook",
      "Linq does not document that it follows redirects",
    ],
    [
      "404",
      always(404),
      "failure",
      "the receiver answered 404",
      "nothing takes deliveries at this path",
    ],
    ["405", always(405), "failure", "the receiver answered 405", "does not accept POST"],
    ["413", always(413), "failure", "the receiver answered 413", "allow 1 MB"],
    [
      "500",
      always(500, {}, "<h1>Oh no</h1>"),
      "failure",
      "the receiver answered 500: Oh no",
      "look at the logs of the receiver",
    ],
    [
      "400",
      always(400, {}, "bad"),
      "warning",
      "answers a delivery without a signature with 400: bad",
      "answer it with 401 before any other check",
    ],
    ["403", always(403), "ok", "the receiver refuses a delivery without a signature (403)", ""],
  ])("judge %s for an unsigned request", async (_name, respond, outcome, message, advice) => {
    const { world, url } = await subscribe(respond);
    const finding = await findingOf("unsigned", world, ["--url", url]);
    expect(finding).toMatchObject({
      outcome,
      message: expect.stringContaining(message) as unknown,
    });
    expect(finding?.["advice"] ?? "").toContain(advice);
  });

  it("only warn about a success without a signature when no secret is configured", async () => {
    const world = await createHookWorld();
    const { url } = await startServer((_request, response) => response.end());
    await world.give({ webhook_url: url, events: ["message.received"] });
    expect(await findingOf("unsigned", world, ["--url", url])).toMatchObject({
      outcome: "warning",
    });
  });

  const onlySigned =
    (status: number, body = ""): Respond =>
    (response, isSigned) => {
      response.writeHead(isSigned ? status : 401).end(isSigned ? body : "");
    };

  it.each<[string, Respond, string, string, string]>([
    ["200", onlySigned(200), "ok", "the receiver accepts a signed example (event d0c70000-", ""],
    ["204", onlySigned(204), "warning", "with 204", "answer with 200"],
    [
      "401",
      onlySigned(401, "who?"),
      "failure",
      "the receiver refuses a signed example (401): who?",
      "make the receiver verify the raw body with this secret",
    ],
    [
      "503",
      onlySigned(503),
      "failure",
      "the receiver answered 503",
      "look at the logs of the receiver",
    ],
    ["422", onlySigned(422), "failure", "with 422", "only 200 counts as delivered"],
  ])("judge %s for a signed request", async (_name, respond, outcome, message, advice) => {
    const { world, url } = await subscribe(respond);
    const finding = await findingOf("signed", world, ["--url", url, ...WITH_SECRET]);
    expect(finding).toMatchObject({
      outcome,
      message: expect.stringContaining(message) as unknown,
    });
    expect(finding?.["advice"] ?? "").toContain(advice);
  });

  it("show the reason with which our receiver refuses a wrong secret", async () => {
    const world = await createHookWorld();
    const { url, events } = await serveHook("another secret of the test");
    await world.give({ webhook_url: url, events: ["message.received"], secret: SECRET });
    const finding = await findingOf("signed", world, ["--url", url, ...WITH_SECRET]);
    expect(finding).toMatchObject({
      outcome: "failure",
      message: expect.stringContaining(
        "refuses a signed example (401): the body is not signed with any of the secrets",
      ) as unknown,
    });
    expect(events).toEqual([]);
  });

  describe("to an unsigned and to a signed request", () => {
    const LOCATION = { location: "https://www.example.com/login" };

    /** Answers unsigned requests with the first status, and signed ones with the second. */
    const differs =
      (unsigned: number, signed: number): Respond =>
      (response, isSigned) => {
        response.writeHead(isSigned ? signed : unsigned, LOCATION).end();
      };

    async function examine(
      respond: Respond,
      subscription: { secret?: string } = { secret: SECRET },
    ): Promise<{ code: unknown; unsigned: object; signed: object; requests: readonly string[] }> {
      const world = await createHookWorld();
      const { url, requests } = await startServer((request, response) => {
        respond(response, request.headers["x-webhook-signature"] !== undefined);
      });
      await world.give({ webhook_url: url, events: ["message.received"], ...subscription });
      const argv = ["doctor", "--url", url, ...WITH_SECRET, "--json"];
      const result = await world.run(argv, { env: ENV });
      const found = (name: string): object =>
        reportOf(result).checks.find(({ check }) => check === name) ?? {};
      const [unsigned, signed] = [found("unsigned"), found("signed")];
      return { code: result.code, unsigned, signed, requests };
    }

    it.each([
      [404, "answers 404"],
      [405, "answers 405"],
      [410, "answers 410"],
      [302, "redirects (302) to https://www.example.com/login"],
    ])("only warn that the receiver hides when it answers %i and 200", async (status, how) => {
      const { code, unsigned, signed, requests } = await examine(differs(status, 200));
      expect(unsigned).toEqual({
        check: "unsigned",
        outcome: "warning",
        message: `the receiver ${how} only without a signature, so it hides from unsigned requests`,
        advice:
          "keep this if it is intended, or answer with 401, which distinguishes a missing signature from a wrong path",
      });
      expect(signed).toMatchObject({ outcome: "ok" });
      expect({ code, requests }).toEqual({ code: 0, requests: ["POST /", "POST /"] });
    });

    it("report a wrong secret, and only warn about the path, for 404 and 401", async () => {
      const { code, unsigned, signed } = await examine(differs(404, 401));
      expect(unsigned).toMatchObject({ outcome: "warning" });
      expect(signed).toMatchObject({
        outcome: "failure",
        advice: expect.stringContaining(
          "make the receiver verify the raw body with this secret",
        ) as unknown,
      });
      expect(code).toBe(1);
    });

    it("fail for 404 and 200 when the API does not sign, because nothing arrives", async () => {
      const { code, unsigned, signed } = await examine(differs(404, 200), {});
      expect(unsigned).toMatchObject({
        outcome: "failure",
        message:
          "the receiver refuses unsigned deliveries (404), and the subscription does not sign its deliveries",
      });
      expect(signed).toMatchObject({ outcome: "ok" });
      expect(code).toBe(1);
    });

    it.each([
      [404, "the receiver answered 404", "nothing takes deliveries at this path"],
      [405, "the receiver answered 405", "does not accept POST"],
      [410, "the receiver answered 410", "at this path any longer"],
      [308, "the URL redirects (308) to https://www.example.com/login", "the final URL"],
    ])("both fail with the reason when both answers are %i", async (status, message, advice) => {
      const { code, unsigned, signed } = await examine(differs(status, status));
      for (const finding of [unsigned, signed]) {
        expect(finding).toMatchObject({
          outcome: "failure",
          message,
          advice: expect.stringContaining(advice) as unknown,
        });
      }
      expect(code).toBe(1);
    });

    it.each([413, 415, 429, 500])(
      "only warn about %i and 200, unless the API does not sign",
      async (status) => {
        const { code, unsigned, signed } = await examine(differs(status, 200));
        expect(unsigned).toMatchObject({
          outcome: "warning",
          message: `the receiver answered ${status}`,
        });
        expect(signed).toMatchObject({ outcome: "ok" });
        expect(code).toBe(0);
        expect((await examine(differs(status, 200), {})).unsigned).toMatchObject({
          outcome: "failure",
        });
      },
    );

    it("report a redirect of only the signed request", async () => {
      const { unsigned, signed } = await examine(differs(401, 307));
      expect(unsigned).toMatchObject({ outcome: "ok" });
      expect(signed).toMatchObject({
        outcome: "failure",
        message: expect.stringContaining("the URL redirects (307)") as unknown,
      });
    });

    it("send no signed request when the port is closed", async () => {
      const world = await createHookWorld();
      const url = await closedUrl();
      const argv = ["doctor", "--url", url, ...WITH_SECRET, "--json"];
      const { checks } = reportOf(await world.run(argv, { env: ENV }));
      expect(checks.at(-1)).toMatchObject({ check: "unsigned", outcome: "failure" });
    });

    it.each([301, 302, 303, 307, 308])("do not follow %i to another host", async (status) => {
      const elsewhere = await startServer((_request, response) => response.end());
      const location = `${elsewhere.url.replace("127.0.0.1", "localhost")}/hook`;
      const { signed, requests } = await examine((response) => {
        response.writeHead(status, { location }).end();
      });
      expect(signed).toMatchObject({ message: `the URL redirects (${status}) to ${location}` });
      expect(requests).toEqual(["POST /", "POST /"]);
      expect({ requests: elsewhere.requests, connections: elsewhere.connections() }).toEqual({
        requests: [],
        connections: 0,
      });
    });
  });

  it("send the event of --event, or else the first event of the subscription", async () => {
    const world = await createHookWorld();
    const { url, events } = await serveHook(SECRET);
    await world.give({
      webhook_url: url,
      events: ["message.read", "message.received"],
      secret: SECRET,
    });
    await world.run(["doctor", "--url", url, ...WITH_SECRET], { env: ENV });
    const argv = ["doctor", "--url", url, ...WITH_SECRET, "--event=message.received"];
    await world.run(argv, { env: ENV });
    expect(events.map(({ event_type }) => event_type)).toEqual([
      "message.read",
      "message.received",
    ]);
  });

  it.each([
    [800, "ok"],
    [5_001, "warning"],
    [10_000, "failure"],
  ])("judge an answer after %i ms by the time that Linq waits", async (ms, outcome) => {
    let now = NOW;
    const { world, url } = await subscribe((response) => {
      now += ms;
      response.writeHead(401).end();
    });
    expect(await findingOf("duration", world, ["--url", url], { now: () => now })).toMatchObject({
      outcome,
      message: `the receiver answered in ${ms} ms of the 10 s that Linq waits`,
    });
  });

  it("fail when no answer comes in time", async () => {
    const { world, url } = await subscribe(() => undefined);
    expect(await findingOf("unsigned", world, ["--url", url, "--timeout=0.05"])).toMatchObject({
      outcome: "failure",
      message: "the receiver did not answer in time",
    });
  });

  it.each(["--json", "--debug"])("show no secret that the receiver echoes (%s)", async (mode) => {
    const world = await createHookWorld();
    const key = "k3y-in-the-url";
    const echo = `${SECRET} ${CLI_TOKEN} ${key}`;
    let isRedirect = false;
    const { url } = await startServer((_request, response) => {
      const location = `https://example.com/?${encodeURIComponent(echo)}`;
      if (isRedirect) response.writeHead(302, { location }).end();
      else response.writeHead(500, `no ${CLI_TOKEN}`).end(`<b>${echo}</b> ${btoa(echo)}`);
    });
    const target = `${url}/?token=${key}`;
    await world.give({ webhook_url: target, events: ["message.received"], secret: SECRET });
    for (isRedirect of [false, true]) {
      const argv = ["doctor", "--url", target, ...WITH_SECRET, mode];
      const { stdout, stderr } = await world.run(argv, { env: ENV });
      expect(stdout).toContain("[REDACTED]");
      for (const value of [SECRET, "s3ntinel", CLI_TOKEN, key, btoa(echo).slice(0, 16)]) {
        expect(stdout + stderr).not.toContain(value);
      }
    }
  });

  it("send the user and password of the URL, and do not show the password", async () => {
    const world = await createHookWorld();
    let authorization: string | undefined;
    const { url } = await startServer((request, response) => {
      ({ authorization } = request.headers);
      response.writeHead(500).end(authorization);
    });
    const target = url.replace("://", "://me:p%C3%A4ssword@");
    const { stdout } = await world.run(["doctor", "--url", target]);
    expect(authorization).toBe(`Basic ${btoa("me:pÃ¤ssword")}`);
    expect(stdout).toContain("Basic bWU6[REDACTED]");
  });
});

it("doctor exits with 130 when it is interrupted while it waits for a receiver", async () => {
  const world = await createHookWorld();
  const controller = new AbortController();
  const { url } = await startServer(() => {
    controller.abort(new Interrupted("SIGINT"));
  });
  const { code, stderr } = await world.run(["doctor", "--url", url], { signal: controller.signal });
  expect({ code, stderr }).toEqual({ code: 130, stderr: "error: interrupted by SIGINT\n" });
});

it.each([
  [["--url=s3ntinel"], "--url must be an absolute URL"],
  [["--url=ftp://s3ntinel.example"], "--url must be an absolute URL"],
  [["--event=message.snet"], 'did you mean "message.sent"?'],
  [["--url", ELSEWHERE, "--timeout=soon"], "--timeout must be a number of seconds"],
  [WITH_SECRET, "a secret and --timeout are for the test of a receiver"],
  [["--timeout=3"], "a secret and --timeout are for the test of a receiver"],
  [["--secret=s3ntinel"], "tokens and secrets cannot be arguments"],
])("doctor refuses %j", async (args, expected) => {
  const sandbox = createSandbox();
  const world = await createHookWorld();
  const result = await world.run(["doctor", ...args], { env: ENV, fetch: sandbox.fetch });
  expect(result).toMatchObject({ code: 1, stdout: "" });
  expect(result.stderr).toContain(expected);
  expect(result.stderr).not.toContain("s3ntinel");
  expect(sandbox.requests).toEqual([]);
});
