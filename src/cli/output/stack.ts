/** A field of a row, rendered on its own lines. */
export interface StackedField {
  readonly title: string;
  readonly text: string;
  readonly breaks: "words" | "anywhere" | undefined;
  /** Colours one line of the text. */
  readonly paint: (line: string) => string;
}

const GAP = "  ";
/** The minimum width of a broken line, in columns. */
const NARROWEST = 8;

/**
 * Lays out a row with one line per field, for terminals that are too narrow for a table. Only texts with
 * `breaks: "anywhere"` break within words; a word that is too long is never cut.
 *
 * @param widthOf - returns the width of a text in terminal columns.
 */
export function stackRow(
  fields: readonly StackedField[],
  terminal: number,
  widthOf: (text: string) => number,
  paintTitle: (title: string) => string,
): string[] {
  const titles = fields.map(({ title }) => title.split(" "));
  const left = Math.max(...titles.flat().map((word) => word.length));
  const room = Math.max(NARROWEST, terminal - left - GAP.length);
  return fields.flatMap(({ text, breaks, paint }, index) => {
    if (text === "") return [];
    const words = titles[index] ?? [];
    const lines = breakText({ text, breaks });
    // A title of several words takes one line per word.
    const height = Math.max(words.length, lines.length);
    return Array.from({ length: height }, (_, row) => {
      const word = words[row] ?? "";
      const line = lines[row];
      const title = paintTitle(word) + " ".repeat(left - word.length);
      return line === undefined ? title.trimEnd() : `${title}${GAP}${paint(line)}`;
    });
  });

  function breakText({ text, breaks }: Pick<StackedField, "text" | "breaks">): string[] {
    if (breaks === undefined) return [text];
    return breaks === "anywhere" ? chop(text, room, widthOf) : wrap(text, room, widthOf);
  }
}

/** Breaks a text, such as a URL, into pieces of at most `room` columns. */
export function chop(text: string, room: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let [line, width] = ["", 0];
  for (const character of text) {
    const more = widthOf(character);
    if (width + more > room && line !== "") {
      lines.push(line);
      [line, width] = ["", 0];
    }
    line += character;
    width += more;
  }
  return [...lines, line];
}

function wrap(text: string, room: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && widthOf(longer) > room) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
