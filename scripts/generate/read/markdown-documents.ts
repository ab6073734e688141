import type { Code, Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import type { Json } from "../json.js";
import type { Problems } from "../problems.js";
import { parseJsonText } from "./parse-json-text.js";
import { parseYamlText } from "./parse-yaml-text.js";
import type { SourceFile } from "./source-document.js";

/** A value that a page holds, and its location. */
export interface Found {
  source: string;
  value: Json;
}

/**
 * The values in the code blocks of a page that may be OpenAPI documents, in page order. A document
 * outside a readable code block is a problem.
 */
export function findInMarkdown({ name, text }: SourceFile, problems: Problems): Found[] {
  const blocks = fencedBlocks(withoutTags(text), 0);
  for (const line of linesLikeDocuments(text)) {
    if (blocks.some((block) => line > block.line && line <= block.line + block.lines)) continue;
    problems.add(
      `${name}:${line}: the OpenAPI document that begins here is not in a code block: ` +
        `put it between two lines of three backticks, with an empty line above.`,
    );
  }
  return blocks.flatMap(({ line, text: block }) => {
    const source = `${name}:${line}`;
    const parse = parserOf(block);
    const values = parse && problems.collect(() => parse({ name: source, linesBefore: line }));
    return (values ?? []).map((value) => ({ source, value }));
  });
}

/** The numbers of the lines on which an OpenAPI 3 document states its version. */
function linesLikeDocuments(text: string): number[] {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, index) => (LIKE_DOCUMENT.test(line) ? [index + 1] : []));
}

const LIKE_DOCUMENT = /^[\s>]*(?:\{\s*)?(?:"openapi"\s*:\s*"3\.\d|openapi\s*:\s*["']?3\.\d)/;

type Parse = (origin: { name: string; linesBefore: number }) => Json[];

/** The parser for a block. A block without a version of OpenAPI or Swagger is not a document. */
function parserOf(block: string): Parse | undefined {
  // JSON has no comments, but the parser reports that better.
  const isJson = /^\s*(?:[[{]|\/[/*])/.test(block) && /"(?:openapi|swagger)"\s*:/.test(block);
  if (isJson) return (origin) => [parseJsonText(block, origin)];
  if (/^\s*\{?\s*(["']?)(?:openapi|swagger)\1\s*:/m.test(block)) {
    return (origin) => parseYamlText(block, origin);
  }
  return undefined;
}

/**
 * Blanks the lines that begin with a tag of HTML, MDX or GitBook (`<CodeGroup>`, `{% code %}`). In
 * Markdown such a line begins an HTML block or a paragraph, which would include the fence below it.
 */
function withoutTags(markdown: string): string {
  let fence: string | undefined;
  const lines = markdown.split(/\r?\n/).map((line) => {
    const mark = /^\s*(`{3,}|~{3,})([^`]*)$/.exec(line);
    if (fence !== undefined) {
      if (mark?.[1]?.startsWith(fence) === true && mark[2]?.trim() === "") fence = undefined;
      return line;
    }
    fence = mark?.[1];
    return /^\s*(?:<\/?[A-Za-z]|\{%)/.test(line) ? "" : line;
  });
  return lines.join("\n");
}

interface Block {
  /** The line of the fence that opens the block. */
  line: number;
  /** The number of lines of the text. */
  lines: number;
  text: string;
}

/** The fenced blocks, including those that Markdown takes for indented code inside a tag. */
function fencedBlocks(markdown: string, linesBefore: number): Block[] {
  return codeNodes(fromMarkdown(markdown)).flatMap(({ position, value }) => {
    const line = linesBefore + (position?.start.line ?? 1);
    const opening = markdown.charAt(position?.start.offset ?? 0);
    const lines = value.split("\n").length;
    if (opening === "`" || opening === "~") return [{ line, lines, text: value }];
    return /^\s*(?:```|~~~)/m.test(value) ? fencedBlocks(dedent(value), line - 1) : [];
  });
}

function codeNodes(node: Nodes): Code[] {
  if (node.type === "code") return [node];
  return "children" in node ? node.children.flatMap(codeNodes) : [];
}

function dedent(text: string): string {
  const indents = text.split("\n").flatMap((line) => /^ *(?=\S)/.exec(line)?.[0].length ?? []);
  const depth = Math.min(...indents);
  return text.replaceAll(new RegExp(`^ {${depth}}`, "gm"), "");
}
