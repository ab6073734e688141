import { describe, expect, it } from "vitest";
import { Interrupted } from "../../../src/cli/interrupted.js";
import { verifySignature } from "../../../src/receiver/index.js";
import type { Fault, Sandbox, SandboxOptions } from "../../../src/sandbox/index.js";
import { startServer } from "../../support/raw-server.js";
import { CLI_TOKEN, type CliResult, type CliWorld, runCli } from "../../support/run-cli.js";
import { createHookWorld, type Hook, type HookWorld, LOCAL_API, serveHook } from "../hook-world.js";

const OLD = "the old s3ntinel";
const NEW = "a new s3ntinel of the test";
const ENV = { OLD_SECRET: OLD, NEW_SECRET: NEW };
const NEW_ONLY = ["--new-secret-env=NEW_SECRET", "--yes"];
const BOTH = [...NEW_ONLY, "--old-secret-env=OLD_SECRET"];

interface Scene extends HookWorld {
  readonly hook: Hook;
  readonly rotate: (args: readonly string[], world?: CliWorld) => Promise<CliResult>;
}

/** A receiver, and a subscription with the old secret. */
async function createScene(
  secrets: readonly string[] = [NEW, OLD],
  options?: SandboxOptions,
): Promise<Scene> {
  const world = await createHookWorld(options);
  const hook = await serveHook(secrets);
  await world.give({ webhook_url: hook.url, events: ["message.received"], secret: OLD });
  return {
    ...{ ...world, hook },
    rotate: (args, over) =>
      world.run(["rotate", "--url", hook.url, ...args], { ...over, env: { ...ENV, ...over?.env } }),
  };
}

/** Delivers an event, and returns the secret of each signature. */
async function secretsOf(sandbox: Sandbox): Promise<string[]> {
  const found: string[] = [];
  for (const { signature, body } of await sandbox.emit("message.received")) {
    for (const secret of [OLD, NEW]) {
      if (await verifySignature({ signature, body, secret })) found.push(secret);
    }
  }
  return found;
}

function writesTo(sandbox: Sandbox): number {
  return sandbox.requests.filter(({ method }) => method === "PUT").length;
}

describe("rotate", () => {
  it("tests both secrets, writes the new one, and says what to do next", async () => {
    const { rotate, sandbox, hook } = await createScene();
    const { code, stdout, stderr } = await rotate(BOTH);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^The receiver accepts the new secret: 200 in 0 ms \(event d0c70000-\S+\)\.\nThe receiver accepts the old secret: .*\nChanged the secret of subscription 1, and nothing else\.\nNext: keep both secrets in the receiver for a day, /,
    );
    expect(hook.events).toHaveLength(2);
    expect(await secretsOf(sandbox)).toEqual([NEW]);
    expect(sandbox.subscriptions).toMatchObject([{ secret_configured: true, active: true }]);
  });

  it("prints the subscription and the answers of the receiver as JSON with --json", async () => {
    const { rotate, hook } = await createScene();
    const { stdout } = await rotate([...BOTH, "--json"]);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      subscriptions: [
        expect.objectContaining({ id: 1, webhook_url: hook.url, secret_configured: true }),
      ],
      probes: ["new", "old"].map((secret) => ({
        secret,
        event_id: expect.stringMatching(/^d0c70000-/) as unknown,
        status: 200,
        duration: 0,
      })),
      next: expect.stringContaining("Then remove the old secret.") as unknown,
    });
  });

  it("asks for confirmation, and says what it would do", async () => {
    const { rotate, sandbox, hook } = await createScene();
    const args = BOTH.filter((argument) => argument !== "--yes");
    const world = { isTTY: true, env: { NO_COLOR: "1" } };
    const no = await rotate(args, { ...world, stdin: ["n\n"] });
    expect(no.code).toBe(1);
    expect(no.stderr).toContain(
      `Deliver an example event to the receiver, and if the receiver accepts it, change the secret of subscription 1 (${hook.url})? [y/N] `,
    );
    expect(hook.events).toEqual([]);
    expect((await rotate(args)).stderr).toContain("nothing was changed: add --yes");
    expect(await secretsOf(sandbox)).toEqual([OLD]);
    expect((await rotate(args, { ...world, stdin: ["y\n"] })).code).toBe(0);
    expect(await secretsOf(sandbox)).toEqual([NEW]);
  });

  it("sends nothing to the receiver with --no-probe", async () => {
    const { rotate, sandbox, hook } = await createScene([OLD]);
    expect((await rotate([...BOTH, "--no-probe"])).code).toBe(0);
    expect(hook.events).toEqual([]);
    expect(sandbox.subscriptions).toMatchObject([{ secret_configured: true }]);
  });

  it("loses no delivery at any time when the receiver accepts both secrets", async () => {
    const { rotate, sandbox, run, hook } = await createScene();
    let duringIt = 0;
    const fetch: CliWorld["fetch"] = async (input, init) => {
      const isApi = new URL(input instanceof Request ? input.url : input).href.startsWith(
        LOCAL_API,
      );
      const response = await (isApi ? sandbox.fetch(input, init) : globalThis.fetch(input, init));
      const [delivery] = await sandbox.emit("message.received");
      expect(delivery?.status).toBe(200);
      duringIt++;
      return response;
    };
    expect((await rotate(BOTH, { fetch })).code).toBe(0);
    expect(duringIt).toBeGreaterThan(4);
    const doctor = ["doctor", "--url", hook.url, "--secret-env=NEW_SECRET"];
    expect((await run(doctor, { env: ENV })).code).toBe(0);
  });

  it("changes all subscriptions of the URL that share no event, as after `ensure`", async () => {
    const { rotate, sandbox, give, hook } = await createScene();
    await give({ webhook_url: hook.url, events: ["message.read"], secret: OLD });
    const { code, stdout } = await rotate(BOTH);
    expect(code).toBe(0);
    expect(stdout).toContain("Changed the secret of subscriptions 1 and 2");
    const [delivery] = await sandbox.emit("message.read");
    expect(await verifySignature({ body: "", signature: "", ...delivery, secret: NEW })).toBe(true);
  });

  it("also changes duplicates, because they deliver to the same receiver", async () => {
    const { rotate, sandbox, give, hook } = await createScene();
    await give({ webhook_url: hook.url, events: ["message.received"], secret: OLD });
    const { code, stdout } = await rotate(BOTH);
    expect(code).toBe(0);
    expect(stdout).toContain("Changed the secret of subscriptions 1 and 2, and nothing else.");
    expect(await secretsOf(sandbox)).toEqual([NEW, NEW]);
  });

  it("names every changed subscription, even one that was added during the run", async () => {
    const { rotate, sandbox, give, hook } = await createScene();
    let isAdded = false;
    const fetch: CliWorld["fetch"] = async (input, init) => {
      const { method, url } = new Request(input, init);
      if (!url.startsWith(LOCAL_API)) return globalThis.fetch(input, init);
      if (method === "PUT" && !isAdded) {
        isAdded = true;
        await give({ webhook_url: hook.url, events: ["message.read"], secret: OLD });
      }
      return sandbox.fetch(input, init);
    };
    const { stdout } = await rotate(BOTH, { fetch });
    expect(stdout).toContain("Changed the secret of subscriptions 1 and 2, and nothing else.");
  });

  it("leaves subscriptions of other URLs and inactive ones unchanged", async () => {
    const { rotate, sandbox, give, hook } = await createScene();
    await give(
      { webhook_url: `${hook.url}/other`, events: ["message.received"], secret: OLD },
      { webhook_url: hook.url, events: ["message.received"], secret: OLD, active: false },
    );
    const others = sandbox.subscriptions.slice(1);
    expect((await rotate(BOTH)).code).toBe(0);
    expect(sandbox.subscriptions.slice(1)).toEqual(others);
  });

  it("sets a secret when the subscription had none", async () => {
    const world = await createHookWorld();
    const { url } = await serveHook(NEW);
    await world.give({ webhook_url: url, events: ["message.received"] });
    const result = await world.run(["rotate", "--url", url, ...NEW_ONLY], { env: ENV });
    expect(result.code).toBe(0);
    expect(await secretsOf(world.sandbox)).toEqual([NEW]);
  });
});

describe("rotate writes nothing", () => {
  it.each([
    [
      "the new",
      [OLD],
      BOTH,
      "new_secret_not_accepted",
      "make the receiver accept both secrets, with `createReceiver({ secret: [newSecret, oldSecret] })`",
    ],
    [
      "the old",
      [NEW],
      BOTH,
      "old_secret_not_accepted",
      "accept the old secret, too, until the change is done",
    ],
  ])("when the receiver refuses %s secret", async (_name, secrets, args, code, advice) => {
    const { rotate, sandbox } = await createScene(secrets);
    const result = await rotate([...args, "--json"]);
    expect(result).toMatchObject({ code: 1, stdout: "" });
    const { error } = JSON.parse(result.stderr) as { error: Record<string, string> };
    expect(error["code"]).toBe(code);
    expect(error["message"]).toContain(advice);
    expect(error["message"]).toContain('it answered 401 ("the body is not signed with any');
    expect(writesTo(sandbox)).toBe(0);
  });

  it.each<[string, number | undefined, string]>([
    ["redirects", 307, "it answered 307"],
    ["fails", 500, "it answered 500"],
    ["does not answer", undefined, "it did not answer in time"],
  ])("when the receiver %s", async (_name, status, expected) => {
    const world = await createHookWorld();
    const { url } = await startServer((_request, response) => {
      if (status !== undefined) response.writeHead(status, { location: "/" }).end();
    });
    await world.give({ webhook_url: url, events: ["message.received"], secret: OLD });
    const argv = ["rotate", "--url", url, ...NEW_ONLY, "--timeout=0.05"];
    const { code, stderr } = await world.run(argv, { env: ENV });
    expect(code).toBe(1);
    expect(stderr).toContain(expected);
    expect(stderr).toContain("`linq-webhooks doctor --url URL` for details");
    expect(writesTo(world.sandbox)).toBe(0);
  });

  it("when no active subscription has the URL, and says what to correct", async () => {
    const { run, rotate, hook, linq, sandbox } = await createScene();
    const url = hook.url.replace("/hook", "/Hook");
    const { code, stderr } = await run(["rotate", "--url", url, ...BOTH], { env: ENV });
    expect(code).toBe(1);
    expect(stderr).toContain(
      `error: no subscription has this URL; the nearest is ${hook.url} (1), so nothing was changed; correct --url`,
    );
    await linq.webhookSubscriptions.update(1, { active: false });
    expect((await rotate(BOTH)).stderr).toContain("activate it: `linq-webhooks update 1 --active`");
    expect(writesTo(sandbox)).toBe(1);
  });

  it.each([
    [[], "--url is missing: --url=<url>"],
    [["--url=s3ntinel"], "--url must be an absolute URL"],
    [["--url=https://example.com/"], "--new-secret-env is missing: --new-secret-env=<name>"],
    [
      ["--url=https://example.com/", "--new-secret-env=S3NTINEL"],
      "the variable that --new-secret-env names is not set",
    ],
    [
      ["--url=https://example.com/", ...NEW_ONLY, "--old-secret-env=NEW_SECRET"],
      "the new secret must differ from the old one",
    ],
    [
      ["--url=https://example.com/", ...NEW_ONLY, "--old-secret-file=s3ntinel"],
      "--old-secret-file must name a file",
    ],
    [
      ["--url=https://example.com/", ...NEW_ONLY, "--new-secret-file=a"],
      "--new-secret-env and --new-secret-file cannot be combined",
    ],
    [
      ["--url=https://example.com/", "--new-secret=s3ntinel"],
      "tokens and secrets cannot be arguments",
    ],
  ])("for %j", async (args, expected) => {
    const { run, sandbox } = await createHookWorld();
    const { code, stdout, stderr } = await run(["rotate", ...args], { env: ENV });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`error: ${expected}`);
    expect(stderr).not.toMatch(/s3ntinel/i);
    expect(sandbox.requests).toEqual([]);
  });
});

describe("the next run of rotate after a failure", () => {
  const FOREVER = { times: Infinity } as const;

  /** Requests that may fail, each with a fault that lasts for every attempt. */
  const FAULTS: Readonly<Record<string, Fault>> = {
    "the first list": { kind: "reset", operation: "listWebhookSubscriptions", ...FOREVER },
    "the list before the write": {
      kind: "reset",
      operation: "listWebhookSubscriptions",
      skip: 1,
      ...FOREVER,
    },
    "the write request": {
      kind: "reset",
      operation: "updateWebhookSubscription",
      ...FOREVER,
    },
    "the connection after the write": {
      kind: "reset",
      operation: "updateWebhookSubscription",
      write: "done",
      ...FOREVER,
    },
    "the answer to the write": {
      kind: "html",
      status: 502,
      operation: "updateWebhookSubscription",
      write: "done",
      ...FOREVER,
    },
    "the refused write": {
      kind: "status",
      status: 422,
      operation: "updateWebhookSubscription",
      ...FOREVER,
    },
    "the list after the write": {
      kind: "reset",
      operation: "listWebhookSubscriptions",
      skip: 2,
      ...FOREVER,
    },
    "the search for more subscriptions": {
      kind: "reset",
      operation: "listWebhookSubscriptions",
      skip: 3,
      ...FOREVER,
    },
    "the last list": { kind: "reset", operation: "listWebhookSubscriptions", skip: 4, ...FOREVER },
  };

  it.each(Object.entries(FAULTS))("of %s finishes the change", async (_name, fault) => {
    const { rotate, sandbox, hook } = await createScene();
    const takeBack = sandbox.inject(fault);
    const failed = await rotate(BOTH);
    expect(failed).toMatchObject({ code: 1, stdout: "" });
    expect(failed.stderr).toMatch(/^error: .+\n$/);
    takeBack();
    const written = await secretsOf(sandbox);
    expect([[OLD], [NEW]]).toContainEqual(written);
    expect((await rotate(BOTH)).code).toBe(0);
    expect(await secretsOf(sandbox)).toEqual([NEW]);
    expect(sandbox.subscriptions).toMatchObject([{ id: 1, webhook_url: hook.url, active: true }]);
  });

  it("is advised, with both secrets kept, when the write gets no answer", async () => {
    const { rotate, sandbox } = await createScene();
    sandbox.inject({ kind: "reset", operation: "updateWebhookSubscription", ...FOREVER });
    expect((await rotate(BOTH)).stderr).toContain(
      "; the new secret may or may not have been written, so keep both secrets in the receiver, and run the same command again",
    );
  });

  it.each([1, 2, 3, 4, 5, 6, 7])("by interrupt at request %i finishes the change", async (at) => {
    const { rotate, sandbox } = await createScene();
    const controller = new AbortController();
    let count = 0;
    const fetch: CliWorld["fetch"] = async (input, init) => {
      const isApi = new URL(input instanceof Request ? input.url : input).href.startsWith(
        LOCAL_API,
      );
      const response = await (isApi ? sandbox.fetch(input, init) : globalThis.fetch(input, init));
      if (++count === at) controller.abort(new Interrupted("SIGINT"));
      return response;
    };
    const result = await rotate(BOTH, { fetch, signal: controller.signal });
    expect(result).toMatchObject({ code: 130, stdout: "" });
    expect(result.stderr).toContain("error: interrupted by SIGINT\n");
    expect((await rotate(BOTH)).code).toBe(0);
    expect(await secretsOf(sandbox)).toEqual([NEW]);
  });

  it("of only the second subscription finishes the change", async () => {
    const { rotate, sandbox, give, hook } = await createScene();
    await give({ webhook_url: hook.url, events: ["message.read"], secret: OLD });
    const takeBack = sandbox.inject({
      kind: "status",
      status: 403,
      operation: "updateWebhookSubscription",
      when: ({ path }) => path.endsWith("/2"),
      ...FOREVER,
    });
    expect((await rotate(BOTH)).code).toBe(1);
    expect(await secretsOf(sandbox)).toEqual([NEW]);
    takeBack();
    expect((await rotate(BOTH)).code).toBe(0);
    const [delivery] = await sandbox.emit("message.read");
    expect(await verifySignature({ body: "", signature: "", ...delivery, secret: NEW })).toBe(true);
  });
});

describe("the final check of rotate reports", () => {
  /** Runs `rotate` while somebody else changes the last list. */
  async function rotateWith(
    change: (row: Record<string, unknown>) => object[],
  ): Promise<CliResult> {
    const { sandbox, hook } = await createScene();
    let isWritten = false;
    let lists = 0;
    return runCli(["rotate", "--url", hook.url, ...NEW_ONLY, "--no-probe"], {
      env: { ...ENV, LINQ_BASE_URL: LOCAL_API },
      fetch: async (input, init) => {
        const { method } = new Request(input, init);
        const response = await sandbox.fetch(input, init);
        isWritten ||= method === "PUT";
        if (method !== "GET" || !isWritten || ++lists < 3) return response;
        const [row = {}] = sandbox.subscriptions;
        return Response.json({ webhook_subscriptions: change({ ...row }) });
      },
    });
  }

  it.each<[string, (row: Record<string, unknown>) => object[], string]>([
    ["a deleted subscription", () => [], "subscription 1 was deleted"],
    ["a missing secret", (row) => [{ ...row, secret_configured: false }], "had no secret"],
    [
      "another URL",
      (row) => [{ ...row, webhook_url: "https://a.example/" }],
      "had a different URL",
    ],
    [
      "other events",
      (row) => [{ ...row, events: ["message.read"] }],
      "had a different list of events",
    ],
    [
      "an inactive subscription",
      (row) => [{ ...row, active: false }],
      "had a different state (it is inactive)",
    ],
    ["another version", (row) => [{ ...row, version: 3 }], "had a different version"],
  ])("%s", async (_name, change, expected) => {
    const { code, stdout, stderr } = await rotateWith(change);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("error: the new secret was written, but afterwards subscription 1 ");
    expect(stderr).toContain(expected);
  });
});

it.each(["--json", "--debug"])("rotate hides secrets that a receiver echoes (%s)", async (mode) => {
  const world = await createHookWorld();
  const { url } = await startServer((_request, response) => {
    response.writeHead(401).end(`${OLD} ${NEW} ${CLI_TOKEN} ${btoa(NEW)}`);
  });
  await world.give({ webhook_url: url, events: ["message.received"], secret: OLD });
  const { stdout, stderr } = await world.run(["rotate", "--url", url, ...BOTH, mode], { env: ENV });
  expect(stderr).toContain("[REDACTED]");
  for (const value of ["s3ntinel", CLI_TOKEN, btoa(NEW).slice(0, 16)]) {
    expect(stdout + stderr).not.toContain(value);
  }
});
