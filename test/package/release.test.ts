import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { closeUnreleased, release } from "../../scripts/release.js";

const TODAY = new Date().toISOString().slice(0, 10);
const CHANGELOG =
  "# Changelog\n\n## Unreleased\n\n- It flies.\n\n## 0.1.0 - 2026-01-01\n\n- It runs.\n";
const README = "Install it: `npm install ./linq-webhooks-0.1.0.tgz`\n";

/** A repository with a package whose `check` and `test` end as the test wants. */
function createRepository({ check = "exit 0", changelog = CHANGELOG } = {}): string {
  const root = mkdtempSync(join(tmpdir(), "linq-webhooks-release-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true });
  });
  const manifest = { name: "linq-webhooks", version: "0.1.0", scripts: { check, test: "exit 0" } };
  const files = { "package.json": JSON.stringify(manifest, undefined, 2) };
  for (const [name, text] of Object.entries({
    ...files,
    "README.md": README,
    "CHANGELOG.md": changelog,
  })) {
    writeFileSync(join(root, name), text);
  }
  git(root, "init", "--quiet");
  git(root, "config", "user.name", "Test");
  git(root, "config", "user.email", "test@test.example");
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", "All");
  return root;
}

function git(root: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd: root, encoding: "utf8" });
}

function read(root: string, name: string): string {
  return readFileSync(join(root, name), "utf8");
}

it("a release commits and tags the version, the changes and the name of the tarball", () => {
  const root = createRepository();
  const lines: string[] = [];
  release(root, ["0.2.0"], (line) => lines.push(line));
  expect(JSON.parse(read(root, "package.json"))).toMatchObject({ version: "0.2.0" });
  expect(read(root, "CHANGELOG.md")).toContain(
    `## Unreleased\n\n## 0.2.0 - ${TODAY}\n\n- It flies.\n\n## 0.1.0`,
  );
  expect(read(root, "README.md")).toBe(README.replace("0.1.0", "0.2.0"));
  expect(git(root, "log", "-1", "--format=%s %D")).toMatch(
    /^chore\(release\): 0\.2\.0 .*tag: v0\.2\.0/,
  );
  expect(git(root, "status", "--porcelain")).toBe("");
  expect(lines.join("\n")).toMatch(/linq-webhooks-0\.2\.0\.tgz: 3 files, 1 KiB/);
});

it("a dry run changes nothing, and says what would come next", () => {
  const root = createRepository();
  const lines: string[] = [];
  release(root, ["0.2.0", "--dry-run"], (line) => lines.push(line));
  expect(lines.at(-1)).toContain("it would now make the commit and the tag v0.2.0");
  expect(git(root, "tag")).toBe("");
  expect(git(root, "status", "--porcelain")).toBe("");
  expect(read(root, "CHANGELOG.md")).toBe(CHANGELOG);
});

it("a release changes nothing when a check fails, and shows its output", () => {
  const root = createRepository({ check: "echo a line is too long; exit 1" });
  expect(() => {
    release(root, ["0.2.0"], () => undefined);
  }).toThrow(/^Nothing was released.*a line is too long/s);
  expect(git(root, "status", "--porcelain")).toBe("");
  expect(git(root, "log", "--format=%s")).toBe("All\n");
});

it.each<[what: string, says: RegExp, argv: string[], prepare?: (root: string) => void]>([
  ["no version", /^Expected one version/, []],
  ["no version", /^Expected one version/, ["next"]],
  ["two versions", /^Expected one version/, ["0.2.0", "0.3.0"]],
  ["an unknown flag", /dry/, ["0.2.0", "--dry"]],
  [
    "a tree that is not clean",
    /^There are uncommitted changes/,
    ["0.2.0"],
    (root) => {
      writeFileSync(join(root, "new.txt"), "");
    },
  ],
  [
    "a version that is already released",
    /^The tag v0\.2\.0 already exists/,
    ["0.2.0"],
    (root) => {
      git(root, "tag", "v0.2.0");
    },
  ],
])("a release refuses %s: %s", (_, says, argv, prepare) => {
  const root = createRepository();
  prepare?.(root);
  expect(() => {
    release(root, argv, () => undefined);
  }).toThrow(says);
  expect(git(root, "log", "--format=%s")).toBe("All\n");
});

it.each([
  [
    "nothing new",
    "# Changelog\n\n## Unreleased\n\n## 0.1.0 - 2026-01-01\n\n- It runs.\n",
    /has no changes/,
  ],
  ["no such heading", "# Changelog\n", /must have one heading/],
])("a release refuses a changelog with %s", (_, changelog, says) => {
  expect(() => closeUnreleased(changelog, "0.2.0", TODAY)).toThrow(says);
});
