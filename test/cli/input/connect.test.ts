import { describe, expect, it } from "vitest";
import { createSandbox } from "../../../src/sandbox/index.js";
import { CLI_TOKEN, type CliWorld, runCli } from "../../support/run-cli.js";

interface Seen {
  readonly url: string;
  readonly token: string | null;
}

/** Runs `list`, and returns the URL and the token of each request. */
async function listWith(
  world: CliWorld,
  ...args: string[]
): Promise<{ seen: Seen[]; stderr: string; code: number }> {
  const seen: Seen[] = [];
  const { fetch } = createSandbox();
  const { code, stderr } = await runCli(["list", ...args], {
    ...world,
    fetch: (input, init) => {
      const request = new Request(input, init);
      seen.push({ url: request.url, token: request.headers.get("X-LINQ-INTEGRATION-TOKEN") });
      return fetch(request);
    },
  });
  return { seen, stderr, code };
}

const PATH = "/api/partner/v2/webhook_subscriptions";

describe("the client of a command", () => {
  it("sends the token of the environment to the real API", async () => {
    const { seen } = await listWith({});
    expect(seen).toEqual([{ url: `https://api.linqapp.com${PATH}`, token: CLI_TOKEN }]);
  });

  it("sends requests to LINQ_BASE_URL, which may need no token", async () => {
    const env = { LINQ_BASE_URL: "http://127.0.0.1:4010/", LINQ_INTEGRATION_TOKEN: undefined };
    const { seen } = await listWith({ env });
    expect(seen).toEqual([{ url: `http://127.0.0.1:4010${PATH}`, token: null }]);
  });

  it("prefers a token in the first line of input to the one of the environment", async () => {
    for (const stdin of [["piped-token\n"], ["piped-token\r\nmore\r\n"], ["piped-", "token"]]) {
      const { seen } = await listWith({ stdin }, "--token-stdin");
      expect(seen).toMatchObject([{ token: "piped-token" }]);
    }
  });

  it.each([
    [
      "no token anywhere",
      { env: { LINQ_INTEGRATION_TOKEN: undefined } },
      [],
      /^error: the token is missing: set LINQ_INTEGRATION_TOKEN, .*--token-stdin\n$/,
    ],
    [
      "an empty variable",
      { env: { LINQ_INTEGRATION_TOKEN: "" } },
      [],
      /^error: the token is missing/,
    ],
    ["no input", { stdin: [] }, ["--token-stdin"], /^error: --token-stdin found no token/],
    [
      "an empty first line",
      { stdin: ["\ntoken\n"] },
      ["--token-stdin"],
      /^error: --token-stdin found no token/,
    ],
    [
      "an invalid token",
      { env: { LINQ_INTEGRATION_TOKEN: "two words of it" } },
      [],
      /^error: the token must be .*without white space; give only the token, .*\n$/,
    ],
    [
      "an invalid server",
      { env: { LINQ_BASE_URL: "nowhere" } },
      [],
      /^error: LINQ_BASE_URL must be an absolute URL/,
    ],
    [
      "a server over http:",
      { env: { LINQ_BASE_URL: "http://example.com" } },
      [],
      /^error: LINQ_BASE_URL must be an https: URL/,
    ],
  ])("fails with %s, and sends nothing", async (_name, world, args, expected) => {
    const { seen, code, stderr } = await listWith(world, ...args);
    expect({ seen, code }).toEqual({ seen: [], code: 1 });
    expect(stderr).toMatch(expected);
    expect(stderr).not.toContain("two words");
  });

  it("waits for an answer for the time of --timeout", async () => {
    const fetch = (_input: unknown, init?: RequestInit): Promise<Response> =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener("abort", () => {
          reject(init.signal?.reason as Error);
        });
      });
    const { code, stderr } = await runCli(["list", "--timeout=0.01"], { fetch });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: GET \S+ .*\b10 ms/);
  });

  it("refuses an invalid timeout", async () => {
    for (const timeout of ["0", "-1", "soon", "1e9"]) {
      const { seen, stderr, code } = await listWith({}, `--timeout=${timeout}`);
      expect({ seen, code }).toEqual({ seen: [], code: 1 });
      expect(stderr).toBe("error: --timeout must be a number of seconds, such as 30\n");
    }
  });

  it("prints each attempt to standard error with --verbose", async () => {
    const { fetch, inject } = createSandbox();
    inject({ kind: "status", status: 503, times: 1 });
    const { code, stdout, stderr } = await runCli(["list", "--verbose"], { fetch });
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("no subs") as unknown,
    });
    expect(stderr).toMatch(
      /^GET \/api\/partner\/v2\/webhook_subscriptions -> 503 in \d+ ms, again in \d+ ms\nGET \S+ -> 200 in \d+ ms\n$/,
    );
    const json = await runCli(["list", "--verbose", "--json"], { fetch });
    expect(JSON.parse(json.stderr)).toMatchObject({ version: 1, type: "attempt", status: 200 });
    expect((await runCli(["list"], { fetch })).stderr).toBe("");
  });

  it("prints the error code of a failed connection with --verbose", async () => {
    const cause = Object.assign(new Error("no"), { code: "ECONNREFUSED", syscall: "connect" });
    const fetch = (): Promise<never> => Promise.reject(new TypeError("fetch failed", { cause }));
    const { stderr } = await runCli(["list", "--verbose"], { fetch });
    expect(stderr).toMatch(/^GET \S+ -> connection_error \(ECONNREFUSED\) in \d+ ms, again in/);
  });
});
