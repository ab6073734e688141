import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseConfig } from "../../../src/cli/config/parse-config.js";
import { readSecrets } from "../../../src/cli/config/read-secrets.js";

let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "linq-webhooks-secrets-"));
  await mkdir(join(cwd, "config"));
});

afterAll(async () => {
  await rm(cwd, { recursive: true });
});

/** Returns the secret of one reference, or its problem. */
async function read(secret: object, env: Record<string, string | undefined> = {}): Promise<string> {
  const entry = { webhook_url: "https://a.example/x", events: ["message.read"], secret };
  const source = { name: "config/hooks.json", text: JSON.stringify({ subscriptions: [entry] }) };
  const config = parseConfig(source, false);
  const { values, problems } = await readSecrets(config, { env, cwd });
  return values.get(0) ?? problems.get(0)?.message ?? "";
}

async function readFrom(content: string | Uint8Array): Promise<string> {
  await writeFile(join(cwd, "config", "secret"), content);
  return read({ file: "./secret" });
}

describe("a secret in the environment", () => {
  it("is used unchanged", async () => {
    expect(await read({ env: "HOOK" }, { HOOK: "s3cret of a hook" })).toBe("s3cret of a hook");
  });

  it.each<[string, string | undefined, string]>([
    ["unset", undefined, "this environment variable is not set; set it to the secret"],
    ["empty", "", "this environment variable must contain the secret, but is empty"],
    [
      "with white space around it",
      "s3cret\n",
      "the secret in this environment variable must be without white space around it",
    ],
    [
      "masked",
      "********",
      "the secret in this environment variable must be the secret itself, not a masked copy of it",
    ],
  ])("that is %s is refused", async (_, value, problem) => {
    expect(await read({ env: "HOOK" }, { HOOK: value })).toBe(problem);
  });
});

describe("a secret in a file", () => {
  it("is read relative to the folder of the file that refers to it", async () => {
    await writeFile(join(cwd, "secret"), "another");
    expect(await readFrom("s3cret")).toBe("s3cret");
    expect(await read({ file: "../secret" })).toBe("another");
    expect(await read({ file: join(cwd, "secret") })).toBe("another");
  });

  it.each(["s3cret\n", "s3cret\r\n", "\ufeffs3cret\n"])(
    "loses one line break, and a byte order mark: %j",
    async (content) => {
      expect(await readFrom(content)).toBe("s3cret");
    },
  );

  it.each<[string, string | Uint8Array, string]>([
    ["empty", "", "this file must contain the secret, but is empty"],
    ["a line break", "\n", "this file must contain the secret, but is empty"],
    [
      "two line breaks",
      "s3cret\n\n",
      "the secret in this file must be without white space around it",
    ],
    ["blank", "  \t", "the secret in this file must be without white space around it"],
    [
      "masked",
      "[REDACTED]\n",
      "the secret in this file must be the secret itself, not a masked copy of it",
    ],
    [
      "not text",
      Uint8Array.of(0xff, 0xfe, 0x00),
      "this must name a file with the secret, but it is not UTF-8 text",
    ],
  ])("that is %s is refused", async (_, content, problem) => {
    expect(await readFrom(content)).toBe(problem);
  });

  it("that is missing is refused without its path, which may be the secret itself", async () => {
    expect(await read({ file: "whsec_0123456789" })).toBe(
      "this must name a file with the secret, but the file does not exist",
    );
    expect(await read({ file: "." })).toBe(
      "this must name a file with the secret, but it is a folder",
    );
  });
});
