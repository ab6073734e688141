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

it("maps every file of test/support, and no other, in one line each", () => {
  const files = readdirSync(new URL("test/support", ROOT));
  expect(firstColumn("### What tests share").sort()).toEqual(files.sort());
});

it("names only scripts that there are", () => {
  const named = CONTRIBUTING.matchAll(/`npm run ([\w:-]+)/g);
  const scripts = [...new Set(Array.from(named, ([, name = ""]) => name))];
  expect(scripts.length).toBeGreaterThan(10);
  expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(scripts));
});
