import { mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { EXISTS, writeText } from "../../../src/cli/output/write-text.js";

// The real file system, which fails where a test says so.
vi.mock("node:fs/promises", { spy: true });

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "linq-webhooks-write-"));
  path = join(folder, "file.json");
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: of the system, ${path}`), { code });
}

describe("a file is written as a whole", () => {
  it("with read permission for everybody, whatever the umask of the process", async () => {
    const before = process.umask(0o077);
    onTestFinished(() => void process.umask(before));
    expect(await writeText(path, "new", { replaces: false })).toBeUndefined();
    expect(await readFile(path, "utf8")).toBe("new");
    expect((await stat(path)).mode & 0o777).toBe(0o644);
  });

  it("or is left unchanged when it must not be replaced", async () => {
    await writeFile(path, "old");
    expect(await writeText(path, "new", { replaces: false })).toBe(EXISTS);
    expect(await readFile(path, "utf8")).toBe("old");
    expect(await writeText(path, "new", { replaces: true })).toBeUndefined();
    expect(await readFile(path, "utf8")).toBe("new");
  });

  it("by one of several concurrent writers when it must not be replaced", async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
    const results = await Promise.all(
      texts.map((text) => writeText(path, text, { replaces: false })),
    );
    const written = texts.filter((_text, index) => results[index] === undefined);
    expect(results.filter((result) => result === EXISTS)).toHaveLength(19);
    expect(written).toEqual([await readFile(path, "utf8")]);
    expect(await readdir(folder)).toEqual(["file.json"]);
  });
});

describe("a failure is explained, and leaves nothing behind", () => {
  it.each([
    ["EACCES", "this user has no permission to write it"],
    ["EPERM", "this user has no permission to write it"],
    ["EROFS", "the file system is read-only"],
    ["ENOSPC", "the disk is full"],
    ["EDQUOT", "the quota of the disk is used up"],
    ["EIO", "it cannot be written (EIO)"],
  ])("%s: %s", async (code, reason) => {
    await writeFile(path, "old");
    for (const step of [open, rename]) {
      vi.mocked(step).mockRejectedValueOnce(failure(code));
      expect(await writeText(path, "new", { replaces: true })).toBe(reason);
      expect(await readFile(path, "utf8")).toBe("old");
      expect(await readdir(folder)).toEqual(["file.json"]);
    }
  });

  it("also when the name has already been reserved", async () => {
    vi.mocked(rename).mockRejectedValueOnce(failure("EIO"));
    expect(await writeText(path, "new", { replaces: false })).toBe("it cannot be written (EIO)");
    expect(await readdir(folder)).toEqual([]);
  });

  it("also when it happens while the text is written", async () => {
    vi.mocked(open).mockImplementationOnce(async (...args) => {
      const { open: reallyOpen } = await vi.importActual<{ open: typeof open }>("node:fs/promises");
      const file = await reallyOpen(...args);
      return Object.assign(file, { writeFile: () => Promise.reject(failure("ENOSPC")) });
    });
    expect(await writeText(path, "new", { replaces: false })).toBe("the disk is full");
    expect(await readdir(folder)).toEqual([]);
  });
});
