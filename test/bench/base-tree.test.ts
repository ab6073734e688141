import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withBaseTree } from "../../scripts/bench/base-tree.js";

let repository: string;

beforeEach(async () => {
  repository = await mkdtemp(join(tmpdir(), "linq-webhooks-bench-"));
  await mkdir(join(repository, "node_modules"));
  await writeFile(join(repository, "node_modules/dependency.js"), "");
  await writeFile(join(repository, ".gitignore"), "node_modules\n");
  await writeFile(join(repository, "file"), "before");
  git("init", "--quiet");
  git("add", "--all");
  git("-c", "user.name=Test", "-c", "user.email=test@test.example", "commit", "-qm", "Before");
  await writeFile(join(repository, "file"), "after");
});

afterEach(() => rm(repository, { recursive: true }));

test("provides the commit's files with the dependencies, and removes them afterwards", async () => {
  let used = "";
  const text = await withBaseTree(repository, "HEAD", async (folder) => {
    used = folder;
    expect(existsSync(join(folder, "node_modules/dependency.js"))).toBe(true);
    // As a build does.
    await writeFile(join(folder, "built"), "");
    return readFile(join(folder, "file"), "utf8");
  });
  expect(text).toBe("before");
  expectNothingLeft(used);
});

test("removes the files when their use fails", async () => {
  let used = "";
  const failing = withBaseTree(repository, "HEAD", (folder) => {
    used = folder;
    return Promise.reject(new Error("the build failed"));
  });
  await expect(failing).rejects.toThrow("the build failed");
  expectNothingLeft(used);
});

test("fails for a name that is not a commit, and leaves nothing behind", async () => {
  const failing = withBaseTree(repository, "nothing", () => Promise.resolve());
  await expect(failing).rejects.toThrow("git worktree add");
  expect(git("worktree", "list").trim().split("\n")).toHaveLength(1);
});

function expectNothingLeft(folder: string): void {
  expect(folder).not.toBe("");
  expect(existsSync(folder)).toBe(false);
  expect(git("worktree", "list").trim().split("\n")).toHaveLength(1);
  expect(existsSync(join(repository, "node_modules/dependency.js"))).toBe(true);
}

function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: repository, encoding: "utf8" });
}
