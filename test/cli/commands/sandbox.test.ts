import { createServer } from "node:net";
import { once } from "node:events";
import { describe, expect, it, onTestFinished } from "vitest";
import { createLinqClient, type LinqClient } from "../../../src/index.js";
import { type CliResult, type CliWorld, runCli } from "../../support/run-cli.js";
import { createFileWorld } from "../file-world.js";
import { startCommand } from "../running-command.js";

interface Served {
  readonly url: string;
  readonly linq: LinqClient;
  /** Resolves with the output as soon as it contains the text. */
  readonly says: (text: string) => Promise<string>;
  readonly interrupt: () => Promise<CliResult>;
}

/** Runs `sandbox` until the test interrupts it. */
async function serve(args: readonly string[], world: CliWorld = {}): Promise<Served> {
  const { says, interrupt } = startCommand(["sandbox", "--port=0", ...args], world);
  const [url = ""] = /http:\/\/[\d.]+:\d+/.exec(await says("http://")) ?? [];
  return { url, linq: createLinqClient({ token: "any-token", baseUrl: url }), says, interrupt };
}

const INPUT = { webhook_url: "https://example.com/hook", events: ["message.sent"] } as const;

describe("sandbox", () => {
  it("prints how to point a program at it, and exits with 0 when it is interrupted", async () => {
    const { url, interrupt } = await serve([]);
    const { code, stdout, stderr } = await interrupt();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(`The sandbox listens on ${url}, with 0 subscriptions. Point a program at it:

  export LINQ_BASE_URL=${url}
  export LINQ_INTEGRATION_TOKEN=sandbox-token   # any token will do

Ctrl-C ends it.
`);
    await expect(fetch(url)).rejects.toThrow();
  });

  it("prints each request that it receives", async () => {
    const { url, linq, interrupt } = await serve([]);
    await linq.webhookSubscriptions.create(INPUT, { allowDuplicate: true });
    await fetch(`${url}/%1b%5b2J`);
    const { stdout } = await interrupt();
    expect(stdout.split("\n").slice(-4)).toEqual([
      "200  GET /api/partner/v2/webhook_subscriptions",
      "201  POST /api/partner/v2/webhook_subscriptions",
      "404  GET /%1b%5b2J",
      "",
    ]);
  });

  it("serves the API to the other commands", async () => {
    const { url } = await serve([]);
    const env = { LINQ_BASE_URL: url };
    const world = { env, fetch: globalThis.fetch };
    const ensure = ["ensure", "--url=https://example.com/hook", "--event=message.sent"];
    expect((await runCli(ensure, world)).code).toBe(0);
    expect((await runCli(["list"], world)).stdout).toContain("https://example.com/hook");
  });

  it.each([
    ["the output of list --json", (list: object[]) => ({ version: 1, subscriptions: list })],
    ["a response of the API", (list: object[]) => ({ webhook_subscriptions: list })],
    ["an array", (list: object[]) => list],
  ])("starts with the subscriptions of a file that contains %s", async (_name, wrap) => {
    const { folder, write, give, sandbox } = await createFileWorld();
    await give(INPUT, { ...INPUT, active: false });
    await write("my seed.json", wrap([...sandbox.subscriptions]));
    const { linq, interrupt } = await serve(["--seed", "my seed.json"], { cwd: folder });
    expect(await linq.webhookSubscriptions.list()).toMatchObject([
      { id: 1, ...INPUT, active: true },
      { id: 2, ...INPUT, active: false },
    ]);
    expect((await interrupt()).stdout).toContain("with 2 subscriptions");
  });

  it("delivers events at the start and after every change, and prints each delivery", async () => {
    const { folder, write } = await createFileWorld();
    await write("seed.json", [{ ...INPUT, secret: "s3ntinel of the seed" }]);
    const received: Request[] = [];
    const { linq, says, interrupt } = await serve(
      ["--seed=seed.json", "--emit=message.sent", "--json"],
      {
        cwd: folder,
        fetch: (input, init) => {
          received.push(new Request(input, init));
          return Promise.resolve(new Response(null, { status: 204 }));
        },
      },
    );
    await says('"type":"delivery"');
    await linq.webhookSubscriptions.create(INPUT, { allowDuplicate: true });
    await says('"subscription_id":2');
    const { code, stdout } = await interrupt();
    expect(code).toBe(0);
    expect(stdout).not.toContain("s3ntinel");
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string });
    expect(lines[0]).toMatchObject({ version: 1, type: "listening", subscriptions: 1 });
    expect(lines).toContainEqual({
      version: 1,
      type: "delivery",
      subscription_id: 1,
      webhook_url: INPUT.webhook_url,
      event_type: "message.sent",
      event_id: expect.any(String) as unknown,
      signed: true,
      status: 204,
      error: null,
    });
    expect(lines).toContainEqual({
      version: 1,
      type: "request",
      method: "POST",
      path: "/api/partner/v2/webhook_subscriptions",
      status: 201,
    });
    expect(received.length).toBeGreaterThanOrEqual(3);
  });

  it("injects the faults of --fault, but not while it loads the seed", async () => {
    const { folder, write } = await createFileWorld();
    await write("seed.json", [INPUT]);
    const faults = ["--fault=status=503,times=2,retryAfter=7", "--fault=html,skip=1"];
    const { url, interrupt } = await serve(["--seed=seed.json", ...faults], { cwd: folder });
    const statuses: number[] = [];
    for (let count = 0; count < 4; count++) {
      const response = await fetch(`${url}/api/partner/v2/webhook_subscriptions`, {
        headers: { "X-LINQ-INTEGRATION-TOKEN": "any-token" },
      });
      if (count === 0) expect(response.headers.get("retry-after")).toBe("7");
      statuses.push(response.status);
    }
    expect(statuses).toEqual([503, 503, 502, 200]);
    expect((await interrupt()).stdout).toContain("with 1 subscription.");
  });

  it("behaves according to its switches", async () => {
    const { linq } = await serve(["--switch=twins=409", "--switch", "activeDefault=false"]);
    const { api } = linq;
    const body = { webhook_subscription: { ...INPUT, events: [...INPUT.events], version: 2 } };
    const path = "/api/partner/v2/webhook_subscriptions";
    const paused = await api.POST(path, { body });
    expect(paused.data?.webhook_subscription.active).toBe(false);
    const active = { webhook_subscription: { ...body.webhook_subscription, active: true } };
    await api.POST(path, { body: active });
    expect((await api.POST(path, { body: active })).response.status).toBe(409);
  });

  it("exits when it is interrupted although a receiver never answers", async () => {
    const { folder, write } = await createFileWorld();
    await write("seed.json", [INPUT]);
    let deliver: () => void = () => undefined;
    const delivering = new Promise<void>((resolve) => (deliver = resolve));
    const { interrupt } = await serve(["--seed=seed.json", "--emit=message.sent"], {
      cwd: folder,
      fetch: (_input, init) =>
        new Promise((_resolve, reject) => {
          deliver();
          init?.signal?.addEventListener("abort", () => {
            reject(init.signal?.reason as Error);
          });
        }),
    });
    await delivering;
    expect((await interrupt()).code).toBe(0);
  });

  it("exits with 0 when its output is closed", async () => {
    const closed = new AbortController();
    const running = runCli(["sandbox", "--port=0"], {
      outputClosed: closed.signal,
      onWrite: () => {
        closed.abort();
      },
    });
    expect((await running).code).toBe(0);
  });

  it("fails with advice when the port is in use", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void taken.close());
    await once(taken, "listening");
    const { port } = taken.address() as { port: number };
    expect(await runCli(["sandbox", `--port=${port}`])).toEqual({
      code: 1,
      stdout: "",
      stderr: `error: port ${port} is in use; choose another with --port, or 0 for a free one\n`,
    });
  });

  it.each([
    [["--port=http"], "--port must be an integer from 0 to 65535"],
    [["--port=65536"], "--port must be an integer from 0 to 65535"],
    [["--port=0", "--host=192.0.2.1"], "cannot serve on this address and port"],
    [["--emit=message.snet"], 'unknown event; did you mean "message.sent"?'],
    [["--fault=s3ntinel"], "unknown fault; did you mean"],
    [["--fault=stats=503"], "unknown fault; did you mean `status`?"],
    [["--fault=status"], "--fault status: status must be an HTTP status from 400 to 599"],
    [["--fault=status=s3ntinel"], "--fault status: status must be an HTTP status from 400"],
    [["--fault=reset", "--fault=hide="], "--fault hide: requests must be an integer of 0 or more"],
    [["--fault=latency=5-s3ntinel"], "--fault latency: ms must be a number of ms, or two such as"],
    [["--fault=reset,time=2"], "--fault reset does not have this field; did you mean `times`?"],
    [["--fault=reset,times=0"], "--fault reset: times must be an integer of 1 or more, or all"],
    [["--fault=reset=s3ntinel"], "--fault reset: write must be none, done, or the number of"],
    [["--fault=freeze=1"], "--fault freeze takes no value directly after its name: leave it out"],
    [["--fault=reset,operation=create"], "--fault reset: operation must be one of listWeb"],
    [["--switch=s3ntinel=1"], "unknown switch; did you mean"],
    [["--switch=twinz=409"], "unknown switch; did you mean `twins`?"],
    [["--switch=twins"], "--switch twins needs a value: twins=accept|409|422"],
    [["--switch=twins=s3ntinel"], "--switch twins must be twins=accept|409|422"],
    [["--switch=pageSize="], "--switch pageSize must be an integer of 1 or more"],
    [
      ["--switch=twins=409", "--switch=twins=422"],
      "--switch twins is given more than once: leave the others out",
    ],
    [["--switch=storedUrl=s3ntinel"], "this switch is a function, so only a program can set it"],
    [["--seed=s3ntinel"], "--seed must name a JSON file, but the file does not exist"],
    [["--seed=broken.json"], "--seed must name a JSON file, but the file is not valid JSON"],
    [["--seed=odd.json"], "the file of --seed must contain an array of subscriptions"],
    [
      ["--seed=wrong.json"],
      "--seed: subscription 2 of the file: webhook_subscription.events must be an array",
    ],
  ])("refuses %j", async (args, expected) => {
    const { run, write } = await createFileWorld();
    await write("broken.json", '{ "s3ntinel');
    await write("odd.json", { s3ntinel: [] });
    await write("wrong.json", [INPUT, { ...INPUT, events: "s3ntinel" }]);
    const { code, stdout, stderr } = await run(["sandbox", ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`error: ${expected}`);
    expect(stderr).not.toContain("s3ntinel");
  });
});
