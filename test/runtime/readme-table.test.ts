import { describe, expect, it } from "vitest";
import { RUNTIMES } from "./runtimes.js";
import { FACT_NAMES } from "./suite.js";
import { readTable } from "./table.js";

describe("the table of runtimes in the README", () => {
  it("has every runtime, in the version that the suite uses", () => {
    const rows = readTable().map(([name, version]) => [name, version]);
    expect(rows).toEqual(
      RUNTIMES.map(({ name, version }): unknown[] => [
        name,
        version ?? (expect.stringMatching(/^[\d.]+$/) as unknown),
      ]),
    );
  });

  it("says that all current facts hold", () => {
    const all = `${FACT_NAMES.length} of ${FACT_NAMES.length}`;
    for (const [, , facts, bareFacts] of readTable()) {
      expect(facts).toBe(all);
      expect([all, "has neither"]).toContain(bareFacts);
    }
  });
});
