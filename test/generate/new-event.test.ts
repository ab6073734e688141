import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const COPIED = [
  "package.json",
  "tsconfig.json",
  "prettier.config.js",
  "spec",
  "generated",
  "src",
  "scripts",
  // Which some of the scripts start.
  "test/support/database-server.ts",
  "test/support/find-program.ts",
];
const PROGRAM = `
import { createLinqClient, EVENT_NAMES, type EventName } from "linq-webhooks";

const event: EventName = "message.edited";
const fetch: typeof globalThis.fetch = (_url, init) =>
  Promise.resolve(
    init?.method === "POST"
      ? new Response(null, { status: 422 })
      : Response.json({ webhook_subscriptions: [] }),
  );
const linq = createLinqClient({ fetch });
const input = { webhook_url: "https://example.com/hook", events: [event] };
const error: unknown = await linq.webhookSubscriptions.create(input).catch((reason: unknown) => reason);
console.log(EVENT_NAMES.includes(event), (error as { code: string }).code);
`;

let folder: string;

function run(...args: string[]): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  return { status, stdout };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "linq-webhooks-event-"));
  for (const name of COPIED)
    cpSync(join(repository, name), join(folder, name), { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"), "dir");
  const page = join(folder, "spec", "webhook-subscriptions.md");
  const text = readFileSync(page, "utf8");
  writeFileSync(page, text.replaceAll('"message.read",', '"message.read","message.edited",'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("an event that the vendor adds to the page", () => {
  it("is in the types, the list and the validation after `npm run generate`", () => {
    const { status, stdout } = spawnSync("npm", ["run", "generate"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(status).toBe(0);
    expect(stdout).toContain("message.edited");
    writeFileSync(join(folder, "program.ts"), PROGRAM);
    // The client lets it through; it is the fake server that refuses it.
    const tsx = join("node_modules", "tsx", "dist", "cli.mjs");
    expect(run(tsx, "program.ts").stdout).toBe("true api_error\n");
  });

  it("breaks the typecheck of every table that must know it, and of nothing else", () => {
    const tsc = join("node_modules", "typescript", "bin", "tsc");
    const { status, stdout } = run(tsc, "--noEmit", "-p", ".");
    expect(status).not.toBe(0);
    const places = [...stdout.matchAll(/^(\S+?)\(\d+,\d+\): error/gm)].map(([, file]) => file);
    expect([...new Set(places)]).toEqual([
      "src/cli/listen/sender-of.ts",
      "src/receiver/event.ts",
      "src/sandbox/deliveries/example-data.ts",
    ]);
    expect(stdout).toContain("message.edited");
  });
});
