import ts from "typescript";
import { WORDS } from "./words.js";

/** An occurrence of a listed word. */
interface Found {
  readonly line: number;
  readonly word: string;
  readonly instead: string;
}

/** Finds listed words in the prose of a page or a program. */
export function findWords(name: string, text: string): Found[] {
  const prose = (name.endsWith(".md") ? proseOfPage(text) : proseOfProgram(name, text))
    // Code, and the targets of links.
    .replaceAll(/`[^`\n]*`|\]\([^)\n]*\)/g, blank);
  return WORDS.flatMap(({ pattern, instead }) =>
    [...prose.matchAll(pattern)].map(({ 0: word, index }) => ({
      line: prose.slice(0, index).split("\n").length,
      word: word.replaceAll(/\s+/g, " "),
      instead,
    })),
  ).sort((one, other) => one.line - other.line);
}

/** The page without its programs. */
function proseOfPage(text: string): string {
  return text.replaceAll(/^```[^]*?^```/gm, blank);
}

/** The comments and texts of the program at their positions; everything else is blank. */
function proseOfProgram(name: string, text: string): string {
  const kept = blank(text).split("");
  const keep = (start: number, end: number): void => {
    for (let index = start; index < end; index++) kept[index] = text[index] ?? "";
  };
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) keep(node.pos, node.end);
    if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) {
      // A single word is a name, not a sentence.
      if (/\s/.test(node.text.trim())) keep(node.getStart() + 1, node.end - 1);
    }
    for (const { pos, end } of ts.getLeadingCommentRanges(text, node.pos) ?? []) keep(pos, end);
    for (const { pos, end } of ts.getTrailingCommentRanges(text, node.end) ?? []) keep(pos, end);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return kept.join("").replaceAll(/^(\s*)(\*|\/\/)/gm, (_, space: string) => `${space} `);
}

/** Replaces every character with a space, but keeps the line breaks. */
function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, " ");
}
