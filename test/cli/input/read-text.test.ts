import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readSecretFile } from "../../../src/cli/input/read-secret-file.js";
import { readText } from "../../../src/cli/input/read-text.js";

/** A command of every Unix. */
const MAKE_PIPE = "mkfifo";

const folder = mkdtempSync(join(tmpdir(), "linq-webhooks-text-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe("a file", () => {
  it.each([
    ["text", "héllo\n", "héllo\n"],
    ["a byte order mark", "\ufeffhello", "hello"],
    ["nothing", "", ""],
  ])("with %s is read", async (name, content, text) => {
    expect(await readText(write(name, content))).toEqual({ text });
  });

  it.each([
    ["one that does not exist", join(folder, "no such file"), "the file does not exist", "ENOENT"],
    ["a folder", folder, "it is a folder", undefined],
    ["bytes that are not text", write("bytes", Uint8Array.of(0xff)), "it is not UTF-8 text"],
  ])("is refused: %s", async (_what, path, failure, code?: string) => {
    expect(await readText(path)).toEqual(code === undefined ? { failure } : { failure, code });
  });

  it("is refused when it is larger than the limit", async () => {
    const path = write("large", "x".repeat(101));
    expect(await readText(path, 100)).toEqual({ failure: "it is larger than 100 bytes" });
    expect(await readText(path, 101)).toMatchObject({ text: "x".repeat(101) });
  });

  it("of the system is read although it reports a size of 0", async () => {
    if (process.platform !== "linux") return;
    expect((await readText("/proc/self/status")).text).toContain("Pid:");
    expect(await readText("/proc/self/status", 10)).toEqual({
      failure: "it is larger than 10 bytes",
    });
  });
});

describe("an endless source", () => {
  it("is refused immediately: a pipe without a writer, and devices", async () => {
    if (process.platform === "win32") return;
    const pipe = join(folder, "pipe");
    execFileSync(MAKE_PIPE, [pipe]);
    for (const path of [pipe, "/dev/zero", "/dev/null"]) {
      expect(await readText(path)).toEqual({ failure: "it is a pipe or a device" });
    }
  });
});

describe("a file with a secret", () => {
  it("loses the one final line break that editors add", async () => {
    expect(await readSecretFile(write("unix", "a secret\n"))).toEqual({ text: "a secret" });
    expect(await readSecretFile(write("windows", "a secret\r\n"))).toEqual({ text: "a secret" });
    expect(await readSecretFile(write("two", "a secret\n\n"))).toEqual({ text: "a secret\n" });
  });

  it("may have 64 kB at most", async () => {
    expect(await readSecretFile(write("more", "x".repeat(65_537)))).toEqual({
      failure: "it is larger than 65,536 bytes",
    });
  });
});
