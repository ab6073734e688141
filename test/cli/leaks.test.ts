import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/commands.js";
import { CLI_TOKEN, type CliResult, type CliWorld, runCli } from "../support/run-cli.js";
import { createFileWorld, type FileWorld } from "./file-world.js";
import { LOCAL_API } from "./hook-world.js";

const TOKEN = "t0ken-s3ntinel/+=&";
const SECRET = `a "s3ntinel" & <é> \\ of the test`;
const HOOK = "https://example.com/hook";
/** A hook that needs no DNS lookup. */
const LOCAL_HOOK = "http://127.0.0.1/hook";
const FIELDS = [`--url=${HOOK}`, "--event=message.sent", "--secret-env=HOOK_SECRET"];

/** Arguments that run each command to its end. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  list: ["list"],
  get: ["get", "1"],
  create: ["create", ...FIELDS],
  ensure: ["ensure", ...FIELDS],
  update: ["update", "1", ...FIELDS, "--yes"],
  delete: ["delete", "1", "--yes", "--ignore-missing"],
  duplicates: ["duplicates", "--remove", "--yes"],
  pull: ["pull", "--file=pulled.json", "--force"],
  plan: ["plan"],
  apply: ["apply", "--yes"],
  doctor: ["doctor", `--url=${LOCAL_HOOK}`, "--secret-env=HOOK_SECRET"],
  rotate: ["rotate", `--url=${LOCAL_HOOK}`, "--new-secret-env=HOOK_SECRET", "--yes"],
  listen: ["listen", "--port=0", "--public-url=https://example.com", "--secret-env=HOOK_SECRET"],
  sandbox: ["sandbox", "--ui", "--port=0", "--seed=seed.json", "--emit=message.sent"],
  send: ["send", "message.sent", `--to=${HOOK}`, "--secret-file=secret.txt"],
  completion: ["completion", "bash"],
};

/** More arguments, with which a command prints or writes something else. */
const MORE_LINES: readonly (readonly string[])[] = [
  ["__complete", "get", ""],
  ["pull", "--stdout"],
  ["pull", "--check"],
  ["plan", "--out=plan.json"],
  ["apply", "plan.json", "--yes"],
  ["send", "--body-file=seed.json", `--to=${HOOK}`, "--twice", "--secret-env=HOOK_SECRET"],
];

const MODES: readonly (readonly [string, readonly string[], CliWorld])[] = [
  ["as text", [], {}],
  ["in a narrow terminal", [], { isTTY: true, columns: 40 }],
  ["as JSON", ["--json"], {}],
  ["with stacks", ["--debug"], {}],
  ["with stacks as JSON", ["--debug", "--json"], {}],
];

type Fetch = NonNullable<CliWorld["fetch"]>;

/** Returns a response that contains the token and the secret. */
type Echo = (request: Request, echoed: string) => Response;

const SERVERS: Readonly<Record<string, Echo>> = {
  "subscriptions that contain it": (request, echoed) => {
    const subscription = {
      ...{ id: 1, webhook_url: `${HOOK}?${echoed}`, version: 2, active: true },
      ...{ events: ["message.sent", echoed], secret_configured: true, last_delivered_at: echoed },
      ...{ secret: echoed, [echoed]: echoed },
    };
    const { method } = request;
    if (method === "DELETE") return new Response(null, { status: 204 });
    if (method !== "GET")
      return Response.json(
        { webhook_subscription: subscription },
        { status: method === "POST" ? 201 : 200 },
      );
    return Response.json({ webhook_subscriptions: [subscription, { ...subscription, id: 2 }] });
  },
  "an error of the API": (_request, echoed) =>
    Response.json({ errors: [echoed, { detail: echoed }], message: echoed }, { status: 422 }),
  "an error in plain text": (_request, echoed) => new Response(echoed, { status: 400 }),
  "an error in HTML": (_request, echoed) =>
    new Response(
      `<h1>${echoed.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")}</h1>`,
      { status: 403 },
    ),
  "a body that is not JSON": (_request, echoed) => new Response(echoed, { status: 200 }),
  "JSON of another kind": (_request, echoed) => Response.json({ [echoed]: [echoed] }),
  "an error in a 200": (_request, echoed) =>
    Response.json({ error: echoed, message: `<p>${echoed}</p>`, errors: [{ detail: echoed }] }),
  "a page in a 200": (_request, echoed) =>
    new Response(`<title>${echoed}</title><p>${echoed}`, {
      headers: { "content-type": "application/json" },
    }),
  "a redirect": (_request, echoed) =>
    new Response(null, {
      status: 307,
      headers: { location: `https://x.example/?${encodeURIComponent(echoed)}` },
    }),
};

/** Echoes only the values that a command knows, because it can recognise no others. */
function createServer(echo: Echo, name: string): Fetch {
  const echoed = WITH_SECRET.includes(name) ? `${TOKEN} ${SECRET}` : TOKEN;
  return (input, init) => Promise.resolve(echo(new Request(input, init), echoed));
}

/** The commands that know the secret, from options or the file; `pull` reads no file. */
const WITH_SECRET = [
  ...["create", "ensure", "update", "plan", "apply"],
  ...["doctor", "rotate", "listen", "sandbox", "send"],
];

async function createLeakWorld(): Promise<FileWorld> {
  const world = await createFileWorld({
    subscriptions: [
      { webhook_url: HOOK, events: ["message.sent"], secret: { env: "HOOK_SECRET" } },
    ],
  });
  await world.write("secret.txt", SECRET);
  await world.write("seed.json", [{ webhook_url: HOOK, events: ["message.sent"], secret: SECRET }]);
  return world;
}

/** Runs a command with the token and the secret in its environment; ends one that serves. */
async function run(
  world: FileWorld,
  argv: readonly string[],
  over: CliWorld = {},
): Promise<CliResult> {
  const closed = new AbortController();
  const { signal: outputClosed } = closed;
  return world.run(argv, {
    env: {
      ...{ LINQ_INTEGRATION_TOKEN: TOKEN, LINQ_BASE_URL: LOCAL_API },
      ...{ HOOK_SECRET: SECRET, NO_COLOR: "1" },
    },
    outputClosed,
    onWrite: (text) => {
      if (text.includes("http://127") || text.includes("delivery")) closed.abort();
    },
    ...over,
  });
}

function expectNoLeak({ stdout, stderr }: CliResult): void {
  // Wrapping must not break a value into pieces that nobody recognises.
  expect(`${stdout}\n${stderr}`.replace(/\s/g, "")).not.toMatch(/s3nti|tinel/i);
}

it("the arguments cover every command", () => {
  expect(Object.keys(LINES)).toEqual(Object.keys(COMMANDS));
});

describe.each(MODES)("no secret is printed %s", (_name, options, over) => {
  it.each(Object.keys(LINES))("by %s when nothing fails", async (name) => {
    const world = await createLeakWorld();
    if (name === "get" || name === "update") await run(world, LINES["ensure"] ?? []);
    if (name === "doctor" || name === "rotate") {
      await world.give({ webhook_url: LOCAL_HOOK, events: ["message.sent"], secret: SECRET });
    }
    const fetch: Fetch = (input, init) => {
      const request = new Request(input, init);
      if (request.url.startsWith(LOCAL_API)) return world.sandbox.fetch(request);
      const isTaken = name === "send" || request.headers.has("x-webhook-signature");
      return Promise.resolve(new Response(null, { status: isTaken ? 200 : 401 }));
    };
    const result = await run(world, [...(LINES[name] ?? []), ...options], { ...over, fetch });
    expect(result.code).toBe(name === "plan" ? 2 : 0);
    expectNoLeak(result);
  });

  it.each(Object.keys(SERVERS))("when the server echoes it in %s", async (server) => {
    const world = await createLeakWorld();
    const more = MORE_LINES.map((line) => [line[0] ?? "", line] as const);
    for (const [name, line] of [...Object.entries(LINES), ...more]) {
      const fetch = createServer(SERVERS[server] ?? (() => new Response()), name);
      expectNoLeak(await run(world, [...line, ...options], { ...over, fetch }));
    }
    for (const name of await readdir(world.folder)) {
      if (name !== "secret.txt" && name !== "seed.json") {
        expectNoLeak({
          code: 0,
          stdout: await readFile(join(world.folder, name), "utf8"),
          stderr: "",
        });
      }
    }
  });

  it("when the receiver is unreachable", async () => {
    const world = await createLeakWorld();
    const fetch = (): Promise<never> =>
      Promise.reject(
        new TypeError(`fetch failed for ${SECRET}`, { cause: new Error(`with ${TOKEN}`) }),
      );
    const result = await run(world, [...(LINES["send"] ?? []), ...options], { ...over, fetch });
    expect(result.code).toBe(1);
    expectNoLeak(result);
  });

  it("when the token comes from standard input", async () => {
    const other = "another-s3ntinel";
    const fetch = (): Promise<Response> =>
      Promise.resolve(new Response(`${TOKEN} ${other}`, { status: 401 }));
    const argv = ["list", "--token-stdin", ...options];
    const env = { LINQ_INTEGRATION_TOKEN: other };
    expectNoLeak(await runCli(argv, { ...over, fetch, stdin: [`${TOKEN}\r\n`], env }));
  });
});

describe("a secret in the wrong place", () => {
  const WRONG = "s3ntinel-in-the-wrong-place";
  const forms = fc.constantFrom(
    [WRONG],
    [`--${WRONG}`],
    [`-${WRONG}`],
    ...["token", "t", "secret", "url", "event", "to", "yes", "json", "nonsense", "secret-env"].map(
      (name) => [`--${name}=${WRONG}`],
    ),
    ...["token", "secret", "secret-env", "secret-file", "event", "url", "to"].map((name) => [
      `--${name}`,
      WRONG,
    ]),
    ["-t", WRONG],
    ["--", WRONG],
  );

  it("is never repeated, whatever the command and the place", async () => {
    const world = await createLeakWorld();
    const fetch = (): Promise<Response> => Promise.resolve(new Response());
    const lines = fc.constantFrom(...Object.values(LINES), ...MORE_LINES);
    await fc.assert(
      fc.asyncProperty(lines, forms, fc.nat(6), fc.boolean(), async (line, form, at, isJson) => {
        const argv = [
          ...line.slice(0, at),
          ...form,
          ...line.slice(at),
          ...(isJson ? ["--json"] : []),
        ];
        const env = { LINQ_INTEGRATION_TOKEN: CLI_TOKEN, HOOK_SECRET: "another secret" };
        const { stdout, stderr } = await run(world, argv, { env, fetch });
        expect(stdout + stderr).not.toContain("s3ntinel");
      }),
      { numRuns: 300 },
    );
  });
});
