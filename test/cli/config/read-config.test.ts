import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../../src/cli/config/read-config.js";

const TEXT = '{ "subscriptions": [] }';

describe("a file", () => {
  let cwd: string;

  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), "linq-webhooks-config-"));
  });

  afterAll(async () => {
    await rm(cwd, { recursive: true });
  });

  const read = (file?: string): Promise<unknown> =>
    readConfig({ file, cwd, env: {}, allowUnknownEvents: false });

  it("is found from the working directory, and at an absolute path", async () => {
    await writeFile(join(cwd, "here.json"), TEXT);
    await expect(read("here.json")).resolves.toMatchObject({ subscriptions: [], prune: false });
    await expect(read(join(cwd, "here.json"))).resolves.toMatchObject({ scope: [] });
  });

  it("may begin with a byte order mark, which does not count as a column", async () => {
    await writeFile(join(cwd, "mark.json"), `\ufeff${TEXT}`);
    await expect(read("mark.json")).resolves.toMatchObject({ subscriptions: [] });
    await writeFile(join(cwd, "mark.json"), "\ufeff[]");
    await expect(read("mark.json")).rejects.toThrow(/^mark\.json:1:1: /);
  });

  it("that does not exist is reported with an example to start with", async () => {
    await expect(read("linq-webhooks.json")).rejects.toThrow(
      'linq-webhooks.json: the file does not exist; start with { "subscriptions": [{ "webhook_url": "https://example.com/hook", "events": ["message.received"] }] }, name another file with --file, or run `linq-webhooks pull` to write one from the account',
    );
  });

  it.each<[string, Uint8Array, string]>([
    ["utf16.json", Buffer.from(`\ufeff${TEXT}`, "utf16le"), "utf16.json: it is not UTF-8 text"],
    ["latin1.json", Buffer.from('{ "é": 1 }', "latin1"), "latin1.json: it is not UTF-8 text"],
  ])("in another encoding than UTF-8, %s, is refused", async (name, bytes, message) => {
    await writeFile(join(cwd, name), bytes);
    await expect(read(name)).rejects.toThrow(message);
  });

  it("is found as .json and as .jsonc, and is refused when both exist", async () => {
    const TWO = "both linq-webhooks.json and linq-webhooks.jsonc exist; delete one of them";
    await writeFile(join(cwd, "linq-webhooks.jsonc"), `// Ours.\n${TEXT}`);
    await expect(read()).resolves.toMatchObject({ source: { name: "linq-webhooks.jsonc" } });
    await writeFile(join(cwd, "linq-webhooks.json"), TEXT);
    await expect(read()).rejects.toThrow(TWO);
    await expect(read("linq-webhooks.jsonc")).resolves.toMatchObject({ subscriptions: [] });
    await rm(join(cwd, "linq-webhooks.jsonc"));
    await expect(read()).resolves.toMatchObject({ source: { name: "linq-webhooks.json" } });
    await rm(join(cwd, "linq-webhooks.json"));
    await expect(read()).rejects.toThrow("linq-webhooks.json: the file does not exist");
  });

  it("that is a folder is refused", async () => {
    await mkdir(join(cwd, "folder"));
    await expect(read("folder")).rejects.toThrow("folder: it is a folder");
  });
});
