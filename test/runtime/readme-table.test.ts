import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RUNTIMES } from "./runtimes.js";
import { FACT_NAMES } from "./suite.js";
import { readTable } from "./table.js";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

describe("the table of runtimes in the README", () => {
  it("has every runtime, in the version that is run", () => {
    const rows = readTable(readme).map(([name, version]) => [name, version]);
    expect(rows).toEqual(
      RUNTIMES.map(({ name, version }): unknown[] => [
        name,
        version ?? (expect.stringMatching(/^[\d.]+$/) as unknown),
      ]),
    );
  });

  it("says that all facts hold, as many as there are now", () => {
    const all = `${FACT_NAMES.length} of ${FACT_NAMES.length}`;
    for (const [, , facts, bareFacts] of readTable(readme)) {
      expect(facts).toBe(all);
      expect([all, "has neither"]).toContain(bareFacts);
    }
  });
});
