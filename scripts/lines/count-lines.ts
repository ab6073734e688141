import ts from "typescript";

/** What TypeScript can read. */
const CODE = /\.[jt]sx?$/;

/** Counts the lines that are neither blank nor only a comment; in other languages, those not blank. */
export function countLines(name: string, text: string): number {
  if (!CODE.test(name)) return text.split("\n").filter((line) => line.trim() !== "").length;
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const lines = new Set<number>();
  const visit = (node: ts.Node): void => {
    // The words of a comment are not code, although the parser splits some of them.
    const children = node.getChildren(source).filter((child) => !ts.isJSDoc(child));
    for (const child of children) visit(child);
    if (children.length === 0) addLinesOf(node, source, lines);
  };
  visit(source);
  return lines.size;
}

/** A text in backticks has several lines, of which the blank ones do not count. */
function addLinesOf(token: ts.Node, source: ts.SourceFile, lines: Set<number>): void {
  const start = token.getStart(source);
  const { line: first } = source.getLineAndCharacterOfPosition(start);
  for (const [index, line] of source.text.slice(start, token.end).split("\n").entries()) {
    if (line.trim() !== "") lines.add(first + index);
  }
}
