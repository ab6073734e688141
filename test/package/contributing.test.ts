import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };

const ROOT = new URL("../../", import.meta.url);
const CONTRIBUTING = readFileSync(new URL("CONTRIBUTING.md", ROOT), "utf8");

/** The first column of the tables of a section, up to the next heading. */
function firstColumn(heading: string): string[] {
  const [, section = ""] = CONTRIBUTING.split(`\n${heading}\n`);
  const [own = ""] = section.split(/^#+ /m);
  return [...own.matchAll(/^\| `([^`]+)`/gm)].map(([, name = ""]) => name);
}

it("CONTRIBUTING.md lists every file of test/support, and no other, in one line each", () => {
  const files = readdirSync(new URL("test/support", ROOT));
  expect(firstColumn("### What tests share").sort()).toEqual(files.sort());
});

it("CONTRIBUTING.md names only scripts that exist", () => {
  const named = CONTRIBUTING.matchAll(/`npm run ([\w:-]+)/g);
  const scripts = [...new Set(Array.from(named, ([, name = ""]) => name))];
  expect(scripts.length).toBeGreaterThan(10);
  expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(scripts));
});

it("CONTRIBUTING.md names only files that exist, and the one that users write", () => {
  const named = Array.from(CONTRIBUTING.matchAll(/`([\w./-]+\.(?:ts|js|json|yml|svg))`/g));
  const paths = [...new Set(named.map(([, path = ""]) => path))];
  expect(paths.length).toBeGreaterThan(80);
  const tracked = execFileSync("git", ["ls-files"], { cwd: ROOT, encoding: "utf8" }).split("\n");
  const isThere = (path: string) => tracked.some((file) => `/${file}`.endsWith(`/${path}`));
  expect(paths.filter((path) => !isThere(path))).toEqual(["linq-webhooks.json"]);
});
