/** How characters look. */
interface Look {
  readonly colour: "red" | "green" | "yellow" | undefined;
  readonly isBold: boolean;
  readonly isFaint: boolean;
}

/** Characters of one line that look the same. */
export interface Span extends Look {
  readonly text: string;
}

const PLAIN: Look = { colour: undefined, isBold: false, isFaint: false };

/** What the command line makes use of: Select Graphic Rendition, ECMA-48 8.3.117. */
const CODES: Readonly<Record<string, Partial<Look>>> = {
  "1": { isBold: true },
  "2": { isFaint: true },
  "22": { isBold: false, isFaint: false },
  "31": { colour: "red" },
  "32": { colour: "green" },
  "33": { colour: "yellow" },
  "39": { colour: undefined },
};

/**
 * Splits the output of a command on a terminal into lines, and the lines into spans.
 *
 * @throws {Error} for a control sequence other than a known colour.
 */
export function parseScreen(screen: string): Span[][] {
  let look = PLAIN;
  return screen
    .trimEnd()
    .split("\n")
    .map((line) => {
      const spans: Span[] = [];
      for (const piece of line.split(/(\u001b\[[\d;]*[A-Za-z])/)) {
        if (piece.startsWith("\u001b")) look = { ...look, ...changeOf(piece) };
        else if (piece !== "") spans.push({ ...look, text: piece });
      }
      return spans;
    });
}

function changeOf(sequence: string): Partial<Look> {
  return sequence
    .slice(2, -1)
    .split(";")
    .reduce((change, code) => {
      const next = CODES[code];
      if (next && sequence.endsWith("m")) return { ...change, ...next };
      throw new Error(`Cannot draw ${JSON.stringify(sequence)}: add it to the codes of this file`);
    }, {});
}
