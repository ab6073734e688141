import { createServer } from "node:net";
import { once } from "node:events";
import { expect, it } from "vitest";
import { createSandbox } from "../../src/sandbox/index.js";
import type { CliResult, CliWorld } from "../support/run-cli.js";
import { createFileWorld } from "./file-world.js";

const FIELDS = ["--url=https://example.com/hook", "--event=message.sent"];

/** Every command that talks to the API, with arguments for which it does so. */
const LINES: readonly (readonly string[])[] = [
  ["list"],
  ["get", "1"],
  ["create", ...FIELDS],
  ["ensure", ...FIELDS],
  ["update", "1", ...FIELDS, "--yes"],
  ["delete", "1", "--yes"],
  ["duplicates"],
  ["pull"],
  ["pull", "--check", "--file=file.json"],
  ["plan", "--file=file.json"],
  ["apply", "--yes", "--file=file.json"],
  ["rotate", "--url=https://example.com/hook", "--new-secret-env=HOOK_SECRET", "--yes"],
];

async function run(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  fetch: NonNullable<CliWorld["fetch"]>,
): Promise<CliResult> {
  const world = await createFileWorld();
  await world.write("file.json", {
    subscriptions: [{ webhook_url: "https://example.com/hook", events: ["message.sent"] }],
  });
  return world.run(argv, { env: { HOOK_SECRET: "a secret of the test", ...env }, fetch });
}

it.each(LINES)("%s says that the base URL already contains the path", async (...argv) => {
  const env = { LINQ_BASE_URL: "https://api.linqapp.com/api/partner/v2/" };
  const { code, stderr } = await run(argv, env, createSandbox().fetch);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /; LINQ_BASE_URL must end before \/api\/partner\/v2, which the client adds: remove that part\n$/,
  );
});

it.each(LINES)("%s says that version 3 of the API answers", async (...argv) => {
  const answer = { success: false, error: { status: 401, message: "Missing bearer token" } };
  const { code, stderr } = await run(argv, {}, () =>
    Promise.resolve(Response.json(answer, { status: 401 })),
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/answered 401: .*; this answer comes from version 3 of the API: /);
});

it.each(LINES)("%s advises to give the token without the prefix `Bearer`", async (...argv) => {
  const env = { LINQ_INTEGRATION_TOKEN: "Bearer s3ntinel-of-the-token" };
  const { code, stderr } = await run(argv, env, createSandbox().fetch);
  expect(code).toBe(1);
  expect(stderr).toContain(
    "; give only the token, without quotes, line breaks, or the prefix `Bearer`",
  );
  expect(stderr).not.toContain("s3ntinel");
});

it.each(LINES)("%s says that the sandbox is not running", async (...argv) => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as { port: number };
  await new Promise((resolve) => taken.close(resolve));
  const env = { LINQ_BASE_URL: `http://127.0.0.1:${port}` };
  const { code, stderr } = await run(argv, env, globalThis.fetch);
  expect(code).toBe(1);
  expect(stderr).toContain(
    `(ECONNREFUSED); is the sandbox running? start it with \`linq-webhooks sandbox --port ${port}\`, or unset LINQ_BASE_URL`,
  );
  expect(stderr).not.toContain("check the network");
});

it("an error with another cause is not changed", async () => {
  const refused = await run(["list"], {}, () =>
    Promise.resolve(Response.json({ errors: ["no such token"] }, { status: 401 })),
  );
  expect(refused.stderr).toMatch(/answered 401: no such token \(check the token\)\n$/);
  const input = await run(["ensure", "--url=nowhere", "--event=message.sent"], {}, fetch);
  expect(input.stderr).toMatch(/^error: --url must be an absolute .*\n$/);
});
