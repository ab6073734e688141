import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { type Problem, type Source, toConfigError } from "./config-error.js";

/** What should stand where the parser stopped; the rest is some value or the end of one. */
const EXPECTED: Readonly<Record<string, string>> = {
  InvalidSymbol: "expected JSON: names and texts stand in double quotes",
  UnexpectedEndOfNumber: "a number ends with a digit",
  PropertyNameExpected: 'expected a key in double quotes, or "}"',
  ColonExpected: 'expected ":"',
  CommaExpected: 'expected ","',
  CloseBraceExpected: 'expected "}"',
  CloseBracketExpected: 'expected "]"',
  EndOfFileExpected: "expected the end of the file",
  UnexpectedEndOfComment: "this comment does not end",
  UnexpectedEndOfString: "this text does not end on its line",
  InvalidUnicode: "expected four hexadecimal digits after each \\u in this text",
  InvalidEscapeCharacter: 'a backslash in a text is written "\\\\"',
  InvalidCharacter: "a control character in a text is written with a backslash",
};

/**
 * Parses JSON with comments and trailing commas.
 *
 * @throws {ConfigError} that says where it stops being that, or which key stands twice.
 */
export function parseJsonc(source: Source): Node {
  const errors: ParseError[] = [];
  const root = parseTree(source.text, errors, { allowTrailingComma: true });
  // What follows the first error is often only its consequence.
  const [first] = errors;
  if (first) throw toConfigError(source, [explain(first)]);
  if (!root) throw toConfigError(source, [{ offset: 0, path: [], message: "expected a value" }]);
  const twins = findTwins(root);
  if (twins.length > 0) throw toConfigError(source, twins);
  return root;
}

function explain({ error, offset }: ParseError): Problem {
  const message = EXPECTED[printParseErrorCode(error)] ?? "expected a value";
  return { offset, path: [], message };
}

/** Finds the keys that stand twice in one object, of which one would be passed over in silence. */
function findTwins({ type, children = [] }: Node): Problem[] {
  const seen = new Set<unknown>();
  return children.flatMap((child): Problem[] => {
    if (type === "array") return findTwins(child);
    const [key, value] = child.children ?? [];
    if (seen.has(key?.value)) {
      return [{ offset: child.offset, path: [], message: "this key stands twice in its object" }];
    }
    seen.add(key?.value);
    return value ? findTwins(value) : [];
  });
}
