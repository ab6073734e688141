import { existsSync, readdirSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import { describe, expect, it } from "vitest";
import { EVENT_NAMES } from "../../generated/constants.js";
import { COMMAND, formatFigures, type Results } from "../../scripts/bench/figures.js";
import { formatLlms } from "../../scripts/llms.js";
import { readBlock } from "../../scripts/manual-block.js";
import { MANUALS, README, readPage, toUrl } from "../../scripts/manuals.js";

describe("the README", () => {
  it("stays short", () => {
    expect(readPage(README).trimEnd().split("\n").length).toBeLessThanOrEqual(250);
  });

  it("installs the file that `npm pack` makes", () => {
    // Its version, which the manifest must have.
    const { version } = JSON.parse(readPage("package.json")) as { version: string };
    expect(readPage(README)).toContain(`npm install ./linq-webhooks-${version}.tgz`);
  });

  it.each(MANUALS)("links to %s", (manual) => {
    expect(readPage(README)).toContain(`](${manual}`);
  });
});

describe("the manuals", () => {
  it("are all listed", () => {
    const found = readdirSync(toUrl("src/"))
      .map((folder) => `src/${folder}/README.md`)
      .filter((path) => existsSync(toUrl(path)));
    expect(MANUALS.filter((path) => path.startsWith("src/")).sort()).toEqual(found.sort());
  });

  it("show the measured figures", async () => {
    // Written by the benchmarks, in the form of this type.
    const results = JSON.parse(readPage("scripts/bench/results.json")) as Results;
    const options = { ...(await resolveConfig("README.md")), parser: "markdown" };
    const figures = await format(formatFigures(results), options);
    expect(readBlock(COMMAND)).toBe(figures.trim());
  });

  it("say what every event becomes in version 3", () => {
    const manual = readPage("src/subscriptions/README.md");
    const guide = manual.slice(manual.indexOf("## Moving on to version 3"));
    const families = new Set(EVENT_NAMES.map((name) => name.replace(/\..*/, "")));
    for (const family of families) expect(guide).toMatch(new RegExp(`^\\| .*\`${family}\\.`, "m"));
  });
});

describe("llms.txt", () => {
  it("is what `npm run docs:llms` writes", () => {
    expect(readPage("llms.txt")).toBe(formatLlms());
  });
});
