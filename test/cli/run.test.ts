import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/commands.js";
import { Interrupted } from "../../src/cli/interrupted.js";
import { createSandbox } from "../../src/sandbox/index.js";
import { CLI_TOKEN, runCli } from "../support/run-cli.js";

const NAMES = Object.keys(COMMANDS);

describe("help", () => {
  it.each([["--help"], ["-h"], ["help"]])("is printed for %s", async (argument) => {
    const { code, stdout, stderr } = await runCli([argument]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const name of NAMES) expect(stdout).toMatch(new RegExp(`^ {2}${name} +\\S`, "m"));
    expect(stdout).toContain("LINQ_INTEGRATION_TOKEN");
  });

  it("goes to standard error, with exit code 1, when there are no arguments", async () => {
    const { code, stdout, stderr } = await runCli([]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toBe((await runCli(["--help"])).stdout);
  });

  it.each(NAMES)("of %s shows its options and an example, and needs no token", async (name) => {
    const env = { LINQ_INTEGRATION_TOKEN: undefined };
    const { code, stdout, stderr } = await runCli([name, "--help"], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`Usage: linq-webhooks ${name} `);
    expect(stdout).toMatch(new RegExp(`^Examples?:\\n {2}linq-webhooks ${name}`, "m"));
    expect(stdout).toMatch(/^ {2}--json +\S/m);
    expect((await runCli([name, "-h"], { env })).stdout).toBe(stdout);
    expect((await runCli(["help", name], { env })).stdout).toBe(stdout);
  });

  it("fits into 100 columns, except for lines that begin with the command", async () => {
    for (const argv of [["--help"], ...NAMES.map((name) => [name, "--help"])]) {
      const { stdout } = await runCli(argv);
      const tooWide = stdout.split("\n").filter((line) => line.length > 100);
      expect(tooWide.filter((line) => !line.startsWith("  linq-webhooks "))).toEqual([]);
    }
  });
});

it("prints the version", async () => {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  expect(await runCli(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

describe("a command that does not exist", () => {
  it.each([
    ["lst", "did you mean `list`?"],
    ["remove", "(linq-webhooks --help lists all commands)"],
    ["constructor", "unknown command"],
    ["__proto__", "unknown command"],
  ])("is refused: %s", async (given, expected) => {
    const { code, stdout, stderr } = await runCli([given]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^error: unknown command.*\n$/);
    expect(stderr).toContain(expected);
  });

  it("is not repeated, however long it is", async () => {
    const given = "sk_live_".repeat(1_000);
    const { stderr } = await runCli([given]);
    expect(stderr).not.toContain("sk_live");
    expect(stderr.length).toBeLessThan(120);
  });

  it("has no help either", async () => {
    expect((await runCli(["help", "lst"])).stderr).toContain("did you mean `list`?");
  });

  it.each([
    ["--jsno", "did you mean --json?"],
    ["--json", "options follow a command"],
    ["--token=x", "tokens and secrets cannot be arguments"],
    ["-t", "tokens and secrets cannot be arguments"],
  ])("is not reported for an option: %s", async (given, expected) => {
    const { code, stderr } = await runCli([given]);
    expect(code).toBe(1);
    expect(stderr).toContain(expected);
  });
});

describe("an error", () => {
  const failing = { fetch: createSandbox({ token: "another-token" }).fetch };

  it("is one line that says what to do", async () => {
    const { code, stdout, stderr } = await runCli(["list"], failing);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^error: GET \S+ answered 401.* \(check the token\)\n$/);
  });

  it("is JSON with --json", async () => {
    const { code, stdout, stderr } = await runCli(["list", "--json"], failing);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(JSON.parse(stderr)).toEqual({
      version: 1,
      error: { code: "api_error", message: expect.stringContaining("check the token") as unknown },
    });
    const usage = await runCli(["list", "--json", "--nonsense"], failing);
    expect(JSON.parse(usage.stderr)).toMatchObject({ version: 1, error: { code: "usage" } });
  });

  it("has a stack only with --debug", async () => {
    const { stderr } = await runCli(["list", "--debug"], failing);
    expect(stderr).toMatch(/^error: .*\nLinqApiError: .*\n(\s+at .*\n)+$/);
    const json = await runCli(["list", "--debug", "--json"], failing);
    expect(JSON.parse(json.stderr)).toMatchObject({
      error: { stack: expect.stringContaining("LinqApiError") as unknown },
    });
  });

  it("that is unexpected shows its message only with --debug", async () => {
    const world = {
      stdin: [new Proxy(new Uint8Array(1), {})],
      fetch: createSandbox().fetch,
    };
    // A value that is not a chunk of bytes makes the decoder throw.
    const { code, stderr } = await runCli(["list", "--token-stdin"], world);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        "error: unexpected error (TypeError); run the command again with --debug, and report the output\n",
    });
    const debug = await runCli(["list", "--token-stdin", "--debug"], world);
    expect(debug.stderr).toMatch(/\nTypeError.*: .+\n\s+at /);
  });
});

describe("an interruption", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s ends a request with %i and one line", async (signal, expected) => {
    const controller = new AbortController();
    const running = runCli(["list"], {
      signal: controller.signal,
      fetch: (_input, init) => {
        const request = new Request("http://localhost", init);
        queueMicrotask(() => {
          controller.abort(new Interrupted(signal));
        });
        return new Promise((_resolve, reject) => {
          request.signal.addEventListener("abort", () => {
            reject(request.signal.reason as Error);
          });
        });
      },
    });
    expect(await running).toEqual({
      code: expected,
      stdout: "",
      stderr: `error: interrupted by ${signal}\n`,
    });
  });

  it("is JSON with --json", async () => {
    const signal = AbortSignal.abort(new Interrupted("SIGINT"));
    const { code, stderr } = await runCli(["list", "--json"], { signal });
    expect(code).toBe(130);
    expect(JSON.parse(stderr)).toMatchObject({ version: 1, error: { code: "interrupted" } });
  });
});

describe("colours", () => {
  const fetch = createSandbox({ token: "another-token" }).fetch;

  it("are used on a terminal", async () => {
    const { stderr } = await runCli(["list"], { fetch, isTTY: true });
    expect(stderr).toContain("\u001b[31merror:\u001b[39m");
  });

  it.each([
    ["in a pipe", {}, false, []],
    ["with NO_COLOR", { NO_COLOR: "1" }, true, []],
    ["on a dumb terminal", { TERM: "dumb" }, true, []],
    ["with FORCE_COLOR=0", { FORCE_COLOR: "0" }, true, []],
    ["with FORCE_COLOR=false", { FORCE_COLOR: "false" }, true, []],
    ["with --no-color", { FORCE_COLOR: "1" }, true, ["--no-color"]],
  ])("are not used %s", async (_name, env, isTTY, options) => {
    const { stderr } = await runCli(["list", ...options], { fetch, isTTY, env });
    expect(stderr).not.toContain("\u001b");
  });

  it("are used in pipes with FORCE_COLOR, whatever else is set", async () => {
    const env = { FORCE_COLOR: "1", NO_COLOR: "1", TERM: "dumb" };
    const { stderr } = await runCli(["list"], { fetch, env });
    expect(stderr).toContain("\u001b[31merror:\u001b[39m");
  });
});

it("the token is not printed when a server echoes it", async () => {
  const fetch = (): Promise<Response> =>
    Promise.resolve(new Response(`{"error":"bad token ${CLI_TOKEN}"}`, { status: 401 }));
  for (const argv of [["list"], ["list", "--json"], ["list", "--debug"]]) {
    const { stdout, stderr } = await runCli(argv, { fetch });
    expect(stdout + stderr).not.toContain(CLI_TOKEN);
    expect(stderr).toContain("[REDACTED]");
  }
});
