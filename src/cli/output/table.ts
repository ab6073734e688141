import type { CommandContext } from "../command.js";
import { printable } from "./printable.js";
import { chop, stackRow } from "./stack.js";
import type { Mark } from "./style.js";

/** A column of a table. */
export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Where it may break to fit a terminal; a column without it keeps its width. */
  readonly breaks?: "words" | "anywhere";
}

/** A text in a table; it need not be clean. */
export type Cell = string | { readonly text: string; readonly mark: Mark };

/** How narrow a column becomes that breaks anywhere, while others can give way too. */
const NARROW = 16;
/** No column becomes narrower than this; then rows become blocks. */
const NARROWEST = 8;
const GAP = "  ";
/** The time that the library takes grows with the square of the rows of one table. */
const ROWS_AT_ONCE = 100;

/**
 * Lays out a table without lines. In a terminal it is broken to fit, between words and within URLs, and
 * where a word would have to be cut each row becomes a block of lines: nothing is ever left out.
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

  /** Takes what is too much for a terminal from the widest of the columns that can spare it. */
  function fit(terminal: number): number[] {
    const fitted = [...natural];
    const narrow = columns.map(({ breaks, title }, index) => {
      if (breaks === "anywhere") return NARROW;
      const words = breaks ? textsOf(index).flatMap((text) => text.split(" ")) : textsOf(index);
      return widthOf([...title.split(" "), ...words]);
    });
    // At last URLs, which lose nothing.
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

/** How wide a table is. */
function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length);
}

interface CleanCell {
  readonly text: string;
  readonly mark?: Mark;
}

function toCleanCell(cell: Cell, redact: (text: string) => string): CleanCell {
  // Hidden first: a value that is wrapped or cut would not be recognised any more.
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
