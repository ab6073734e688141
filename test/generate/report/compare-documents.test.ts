import { describe, expect, test } from "vitest";
import { compareDocuments } from "../../../scripts/generate/report/compare-documents.js";
import { showChange } from "../../../scripts/generate/report/show-changes.js";
import type { Row } from "./row.js";
import { tables } from "./tables/all.js";

const rows = Object.values(tables).flat();

describe.each(Object.entries(tables))("%s", (_, table) => {
  test.each(table.map((row) => [nameOf(row), row] as const))("%s", (_name, row) => {
    const changes = compareDocuments(row.before, row.after);
    expect(changes.map((change) => [change.rule, showChange(change)])).toEqual(row.said);
  });
});

function nameOf({ title, said }: Row): string {
  const rules = said.map(([rule]) => rule).join(" and ");
  return `${rules || "nothing"}: ${title}`;
}

describe("the tables", () => {
  test("have 120 changes and 25 pairs of documents that mean the same", () => {
    const silent = rows.filter(({ said }) => said.length === 0).length;
    expect(rows.length - silent).toBeGreaterThanOrEqual(120);
    expect(silent).toBeGreaterThanOrEqual(25);
  });

  test("report nothing if a document is compared with itself", () => {
    const own = rows.flatMap(({ before }) => compareDocuments(before, structuredClone(before)));
    expect(own).toEqual([]);
  });

  test("report nothing in reverse if they report nothing", () => {
    const silent = rows.filter(({ said }) => said.length === 0);
    expect(silent.flatMap(({ before, after }) => compareDocuments(after, before))).toEqual([]);
  });

  test("report something in reverse if they report something", () => {
    const loud = rows.filter(({ said }) => said.length > 0);
    const mute = loud.filter(({ before, after }) => compareDocuments(after, before).length === 0);
    expect(mute.map(nameOf)).toEqual([]);
  });
});
