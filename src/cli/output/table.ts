import type { CommandContext } from "../command.js";
import { printable } from "./printable.js";
import { chop, stackRow } from "./stack.js";
import type { Mark } from "./style.js";

/** A column of a table. */
export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Where a text may break to fit a terminal; without it the column keeps its width. */
  readonly breaks?: "words" | "anywhere";
}

/** A text in a table. The table redacts and escapes it. */
export type Cell = string | { readonly text: string; readonly mark: Mark };

/** The minimum width of a column that breaks anywhere, while other columns can still shrink. */
const NARROW = 16;
/** The minimum width of such a column in the end; below it, rows become blocks. */
const NARROWEST = 8;
const GAP = "  ";
/** The library's run time is quadratic in the rows of one table. */
const ROWS_AT_ONCE = 100;

/**
 * Lays out a table without borders. In a terminal it wraps words and breaks URLs to fit. If a word
 * would have to be cut, each row becomes a block of lines, so nothing is ever left out.
 */
export async function renderTable(
  { io, redact, style }: Pick<CommandContext, "io" | "redact" | "style">,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): Promise<string> {
  const [{ default: Table }, { default: stringWidth }] = await Promise.all([
    import("cli-table3"),
    import("string-width"),
  ]);
  const clean = rows.map((row) => row.map((cell) => toCleanCell(cell, redact)));
  const widthOf = (texts: readonly string[]): number =>
    texts.reduce((widest, text) => Math.max(widest, stringWidth(text)), 0);
  const textsOf = (index: number): string[] => clean.map((row) => row[index]?.text ?? "");
  const natural = columns.map(({ title }, index) => widthOf([title, ...textsOf(index)]));
  const isCut = io.stdout.isTTY === true && io.stdout.columns !== undefined;
  const widths = isCut ? fit(io.stdout.columns) : natural;
  if (isCut && total(widths) > io.stdout.columns) return stack(io.stdout.columns);

  const lines = [
    columns.map(({ title }) => style("faint", title)),
    ...clean.map((row) =>
      row.map(({ text, mark }, index) => {
        const breaks = columns[index]?.breaks;
        const width = widths[index] ?? Infinity;
        const broken = breaks === "anywhere" ? chop(text, width, stringWidth).join("\n") : text;
        return mark ? style(mark, broken) : broken;
      }),
    ),
  ];
  const parts: string[] = [];
  for (let start = 0; start < lines.length; start += ROWS_AT_ONCE) {
    const table = new Table({
      chars: NO_LINES,
      style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
      colWidths: widths,
      colAligns: columns.map(({ align = "left" }) => align),
      wordWrap: true,
    });
    table.push(...lines.slice(start, start + ROWS_AT_ONCE));
    const rows = table.toString().split("\n");
    parts.push(rows.map((row) => row.trimEnd()).join("\n"));
  }
  return parts.join("\n");

  /** Shrinks the widest column that can shrink, until the table fits the terminal. */
  function fit(terminal: number): number[] {
    const fitted = [...natural];
    const narrow = columns.map(({ breaks, title }, index) => {
      if (breaks === "anywhere") return NARROW;
      const words = breaks ? textsOf(index).flatMap((text) => text.split(" ")) : textsOf(index);
      return widthOf([...title.split(" "), ...words]);
    });
    // URLs shrink last, because they may break anywhere.
    const narrower = columns.map(({ breaks }, index) =>
      breaks === "anywhere" ? NARROWEST : (narrow[index] ?? 0),
    );
    for (const least of [narrow, narrower]) {
      for (;;) {
        const spare = fitted.map((width, index) => (width > (least[index] ?? 0) ? width : 0));
        const widest = spare.indexOf(Math.max(...spare));
        if (total(fitted) <= terminal || !spare.some(Boolean)) break;
        fitted[widest] = (fitted[widest] ?? 0) - 1;
      }
    }
    return fitted;
  }

  function stack(terminal: number): string {
    const blocks = clean.map((row) => {
      const fields = columns.map(({ title, breaks }, index) => {
        const { text = "", mark } = row[index] ?? {};
        const paint = (line: string): string => (mark ? style(mark, line) : line);
        return { title, text, breaks, paint };
      });
      return stackRow(fields, terminal, stringWidth, (word) => style("faint", word)).join("\n");
    });
    return blocks.join("\n\n");
  }
}

/** The width of a table, in columns of a terminal. */
function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length);
}

interface CleanCell {
  readonly text: string;
  readonly mark?: Mark;
}

function toCleanCell(cell: Cell, redact: (text: string) => string): CleanCell {
  // Redacted first, because a wrapped secret would no longer be recognised.
  return typeof cell === "string"
    ? { text: printable(redact(cell)) }
    : { text: printable(redact(cell.text)), mark: cell.mark };
}

const NO_LINES = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: GAP,
};
