import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { type Cell, type Column, renderTable } from "../../../src/cli/output/table.js";

const COLUMNS: readonly Column[] = [
  { title: "ID", align: "right" },
  { title: "URL", breaks: "anywhere" },
  { title: "EVENTS", breaks: "words" },
  { title: "LAST DELIVERY" },
];

const URL_OF_HOOK = `https://example.com/${"path/".repeat(20)}hook`;
const ROWS: readonly (readonly Cell[])[] = [
  ["1", URL_OF_HOOK, "message.sent, message.received, message.read", "never"],
  ["12", "https://a.example", "call.completed", "3 min ago"],
];

function render(
  rows: readonly (readonly Cell[])[],
  columns?: number,
  redact = (text: string) => text,
): Promise<string> {
  const stdout = { isTTY: columns !== undefined, columns, write: () => undefined };
  return renderTable(
    // A table reads nothing else.
    {
      io: { stdout } as never,
      redact,
      style: (mark, text) => (mark === "bad" ? `<${text}>` : text),
    },
    COLUMNS,
    rows,
  );
}

/** The texts of a column, joined where they were wrapped. */
function readColumn(table: string, title: string, next: string): string {
  const [head = "", ...lines] = table.split("\n");
  const [start, end] = [head.indexOf(title), head.indexOf(next)];
  return lines.map((line) => line.slice(start, end).trim()).join("");
}

describe("renderTable", () => {
  it("aligns columns, and cuts nothing in a pipe", async () => {
    expect(await render(ROWS)).toBe(
      [
        `ID  ${"URL".padEnd(URL_OF_HOOK.length)}  EVENTS                                        LAST DELIVERY`,
        ` 1  ${URL_OF_HOOK}  message.sent, message.received, message.read  never`,
        `12  ${"https://a.example".padEnd(URL_OF_HOOK.length)}  call.completed                                3 min ago`,
      ].join("\n"),
    );
  });

  it.each([60, 80, 100, 120, 200])(
    "fits a terminal of %i columns, with nothing lost",
    async (columns) => {
      const table = await render(ROWS, columns);
      for (const line of table.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      expect(readColumn(table, "URL", "EVENTS")).toBe(`${URL_OF_HOOK}https://a.example`);
      expect(table).toContain("message.received,");
    },
  );

  it("prints each row as a block of lines when words would not fit", async () => {
    const url = "https://a.example/a/long/path/to/a/hook";
    const rows = [
      ["1", url, "message.sent, message.received, message.read", "never"],
      ...ROWS.slice(1),
    ];
    expect(await render(rows, 40)).toBe(
      `ID        1
URL       https://a.example/a/long/path/
          to/a/hook
EVENTS    message.sent,
          message.received, message.read
LAST      never
DELIVERY

ID        12
URL       https://a.example
EVENTS    call.completed
LAST      3 min ago
DELIVERY`,
    );
  });

  it("is wider than a terminal that is too small for any table", async () => {
    expect(await render(ROWS, 1)).toContain("3 min ago");
  });

  it("counts wide characters twice, and ignores the marks of a style", async () => {
    const table = await render([
      ["1", "https://example.com/日本", { text: "no", mark: "bad" }, "never"],
      ["2", "https://example.com/abcd", "yes", "never"],
    ]);
    const [, first = "", second = ""] = table.split("\n");
    expect(stringWidth(first.slice(0, first.indexOf("<")))).toBe(second.indexOf("yes"));
  });

  it("makes control characters visible, and keeps a row on one line", async () => {
    const table = await render([["1", "https://a\u001b[2J\u009bm", "a\r\nb\u202ec", "never"]]);
    expect(table).toContain("https://a\\u001b[2J\\u009bm");
    expect(table).toContain("a b\\u202ec");
    expect(table.split("\n")).toHaveLength(2);
  });

  it("lays out long tables like short ones", async () => {
    const rows = Array.from({ length: 250 }, (_, index) => [String(index), "a", "b", "never"]);
    const lines = (await render(rows)).split("\n");
    expect(lines).toHaveLength(251);
    for (const [index, line] of lines.slice(1).entries()) {
      expect(line).toBe(`${String(index).padStart(3)}  a    b       never`);
    }
  });

  it("hides a value before it wraps the text", async () => {
    const redact = (text: string): string => text.replaceAll("s3ntinel-of-the-test", "[REDACTED]");
    const hidden = [
      ["1", "https://example.com/s3ntinel-of-the-test", "s3ntinel-of-the-test", "never"],
    ];
    for (const columns of [20, 50, 80]) {
      expect((await render(hidden, columns, redact)).replace(/\s/g, "")).not.toMatch(
        /s3nt|inel-of/,
      );
    }
  });
});
