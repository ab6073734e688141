import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { type Problem, type Source, toConfigError } from "./config-error.js";

/** What the parser expected where it stopped. Other errors mean that it expected a value. */
const EXPECTED: Readonly<Record<string, string>> = {
  InvalidSymbol: "expected JSON: write names and strings in double quotes",
  UnexpectedEndOfNumber: "a number must end with a digit",
  PropertyNameExpected: 'expected a key in double quotes, or "}"',
  ColonExpected: 'expected ":"',
  CommaExpected: 'expected ","',
  CloseBraceExpected: 'expected "}"',
  CloseBracketExpected: 'expected "]"',
  EndOfFileExpected: "expected the end of the file",
  UnexpectedEndOfComment: "this comment does not end",
  UnexpectedEndOfString: "this string does not end on its line",
  InvalidUnicode: "expected four hexadecimal digits after each \\u in this string",
  InvalidEscapeCharacter: 'write a backslash in a string as "\\\\"',
  InvalidCharacter: "escape a control character in a string with a backslash",
};

/**
 * Parses JSON with comments and trailing commas.
 *
 * @throws {ConfigError} with the place of the first syntax error, or of each duplicate key.
 */
export function parseJsonc(source: Source): Node {
  const errors: ParseError[] = [];
  const root = parseTree(source.text, errors, { allowTrailingComma: true });
  // Later errors are often only consequences of the first.
  const [first] = errors;
  if (first) throw toConfigError(source, [explain(first)]);
  if (!root) throw toConfigError(source, [{ offset: 0, path: [], message: "expected a value" }]);
  const duplicates = findDuplicateKeys(root);
  if (duplicates.length > 0) throw toConfigError(source, duplicates);
  return root;
}

function explain({ error, offset }: ParseError): Problem {
  const message = EXPECTED[printParseErrorCode(error)] ?? "expected a value";
  return { offset, path: [], message };
}

/** Finds duplicate keys in an object, one of which would be ignored silently. */
function findDuplicateKeys({ type, children = [] }: Node): Problem[] {
  const seen = new Set<unknown>();
  return children.flatMap((child): Problem[] => {
    if (type === "array") return findDuplicateKeys(child);
    const [key, value] = child.children ?? [];
    if (seen.has(key?.value)) {
      return [
        {
          offset: child.offset,
          path: [],
          message: "duplicate key; remove one of the two",
        },
      ];
    }
    seen.add(key?.value);
    return value ? findDuplicateKeys(value) : [];
  });
}
