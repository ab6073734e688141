import ts from "typescript";
import { WORDS } from "./words.js";

/** A word that has to go. */
interface Found {
  readonly line: number;
  readonly word: string;
  readonly instead: string;
}

/** Finds words that have to go in the prose of a page or a program. */
export function findWords(name: string, text: string): Found[] {
  const prose = (name.endsWith(".md") ? proseOfPage(text) : proseOfProgram(name, text))
    // Code, and what is linked to.
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

/** The program without all that is neither comment nor text, each at its place. */
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

/** Spaces for it, in as many lines. */
function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, " ");
}
