import { transformSync } from "esbuild";
import ts from "typescript";

/** In characters; a literal with spaces of at least that length counts as a message. */
const SENTENCE_LENGTH = 15;

/** Empties the literals that look like messages, and checks that the rest is still a valid program. */
export function withoutSentences(text: string): string {
  const source = ts.createSourceFile(
    "bundle.js",
    text,
    ts.ScriptTarget.Latest,
    false,
    ts.ScriptKind.JS,
  );
  const spans: (readonly [start: number, end: number])[] = [];
  const visit = (node: ts.Node): void => {
    const isText = ts.isStringLiteral(node) || ts.isTemplateLiteralToken(node);
    if (isText && node.text.length >= SENTENCE_LENGTH && node.text.includes(" ")) {
      // Without the quotes, or the delimiters of a template part.
      const tail = ts.isTemplateHead(node) || ts.isTemplateMiddle(node) ? 2 : 1;
      spans.push([node.getStart(source) + 1, node.getEnd() - tail]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  let [rest, from] = ["", 0];
  for (const [start, end] of spans) {
    rest += text.slice(from, start);
    from = end;
  }
  rest += text.slice(from);
  transformSync(rest);
  return rest;
}
