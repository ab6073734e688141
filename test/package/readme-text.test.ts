import { readFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import { describe, expect, it } from "vitest";
import { EVENT_NAMES } from "../../generated/constants.js";
import { COMMAND, formatFigures, type Results } from "../../scripts/bench/figures.js";
import { readBlock } from "../../scripts/readme-block.js";

const README = new URL("../../README.md", import.meta.url);
const RESULTS = new URL("../../scripts/bench/results.json", import.meta.url);
const readme = readFileSync(README, "utf8");

describe("the text of the README", () => {
  it("shows the figures that were measured", async () => {
    // Written by the benchmarks, in the form of this type.
    const results = JSON.parse(readFileSync(RESULTS, "utf8")) as Results;
    const options = { ...(await resolveConfig(README)), parser: "markdown" };
    const figures = await format(formatFigures(results), options);
    expect(readBlock(readme, COMMAND)).toBe(figures.trim());
  });

  it("leads to headings that there are", () => {
    const headings = [...readme.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, "")
        .replaceAll(" ", "-"),
    );
    const targets = [...readme.matchAll(/\]\(#([^)]*)\)/g)].map(([, target]) => target);
    expect(targets.length).toBeGreaterThan(0);
    expect(headings).toEqual(expect.arrayContaining(targets));
  });

  it("says of every event what it is in version 3", () => {
    const guide = readme.slice(readme.indexOf("## Moving on to version 3"));
    const families = new Set(EVENT_NAMES.map((name) => name.replace(/\..*/, "")));
    for (const family of families) expect(guide).toMatch(new RegExp(`^\\| .*\`${family}\\.`, "m"));
  });
});
