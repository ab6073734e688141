import { parseTree, printParseErrorCode, type Node, type ParseError } from "jsonc-parser";
import { GenerateError } from "../generate-error.js";
import { parseJson, type Json } from "../json.js";

/** The location of a text, for messages. */
export interface Origin {
  /** Its name in messages. */
  name: string;
  /** The number of lines before the text in its file. */
  linesBefore: number;
}

/**
 * Parses JSON. Throws a `GenerateError` at a syntax error, and at a name that one object has twice:
 * `JSON.parse` would silently ignore the first.
 */
export function parseJsonText(text: string, origin: Origin): Json {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true });
  const [error] = errors;
  if (error || !tree) throw brokenJson(text, error, origin);
  const repeated = findRepeated(tree);
  if (repeated) {
    throw new GenerateError(
      `${origin.name}: the name ${JSON.stringify(repeated.value)} occurs twice in one object, ` +
        `the second time at ${placeOf(text, repeated.offset, origin)}: remove one.`,
    );
  }
  const endless = findEndless(tree);
  if (endless) {
    throw new GenerateError(
      `${origin.name} holds a number that is too large for JavaScript at ` +
        `${placeOf(text, endless.offset, origin)}: correct it.`,
    );
  }
  try {
    return parseJson(text);
  } catch (error) {
    throw new GenerateError(`${origin.name} is not JSON: ${String(error)}.`, { cause: error });
  }
}

/** What the parser expected, as a part of a sentence. */
const EXPECTED: Readonly<Record<string, string>> = {
  CloseBraceExpected: `"," or "}"`,
  CloseBracketExpected: `"," or "]"`,
  ColonExpected: `":"`,
  CommaExpected: `"," or the end of the object or list`,
  EndOfFileExpected: "the end of the document",
  InvalidCommentToken: "JSON, which has no comments",
  PropertyNameExpected: "a property name in double quotes",
  UnexpectedEndOfString: "the end of the text on its line",
};

function brokenJson(text: string, error: ParseError | undefined, origin: Origin): GenerateError {
  const { offset = 0 } = error ?? {};
  const expected = (error && EXPECTED[printParseErrorCode(error.error)]) ?? "a JSON value";
  const rest = text.slice(offset, offset + 20);
  const found = rest.trim() === "" ? "the end" : JSON.stringify(rest);
  return new GenerateError(
    `${origin.name} is not JSON: expected ${expected} at ${placeOf(text, offset, origin)}, ` +
      `but found ${found}.`,
  );
}

function placeOf(text: string, offset: number, { linesBefore }: Origin): string {
  const before = text.slice(0, offset).split("\n");
  return `line ${linesBefore + before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

/** The first number that JavaScript reads as infinite, such as 1e999. */
function findEndless(node: Node): Node | undefined {
  const value: unknown = node.value;
  if (value === Infinity || value === -Infinity) return node;
  for (const child of node.children ?? []) {
    const found = findEndless(child);
    if (found) return found;
  }
  return undefined;
}

/** The first name that occurs twice in one object. */
function findRepeated({ type, children = [] }: Node): Node | undefined {
  const seen = new Set<unknown>();
  for (const child of children) {
    const [name, value]: (Node | undefined)[] =
      type === "object" ? (child.children ?? []) : [undefined, child];
    if (name && seen.has(name.value)) return name;
    seen.add(name?.value);
    const inner = value && findRepeated(value);
    if (inner) return inner;
  }
  return undefined;
}
