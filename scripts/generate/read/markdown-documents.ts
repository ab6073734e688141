import type { Code, Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import type { Json } from "../json.js";
import type { Problems } from "../problems.js";
import { parseJsonText } from "./parse-json-text.js";
import { parseYamlText } from "./parse-yaml-text.js";
import type { SourceFile } from "./source-document.js";

/** A value that a page holds, and the place where it does. */
export interface Found {
  source: string;
  value: Json;
}

/** What the code blocks of a page hold that may be an OpenAPI document, in their order. */
export function findInMarkdown({ name, text }: SourceFile, problems: Problems): Found[] {
  return fencedBlocks(withoutTags(text), 0).flatMap(({ line, text: block }) => {
    const source = `${name}:${line}`;
    const parse = parserOf(block);
    const values = parse && problems.collect(() => parse({ name: source, linesBefore: line }));
    return (values ?? []).map((value) => ({ source, value }));
  });
}

type Parse = (origin: { name: string; linesBefore: number }) => Json[];

/** How a block is read. Only what names the version of OpenAPI or Swagger is a document of either. */
function parserOf(block: string): Parse | undefined {
  const isJson = /^\s*[[{]/.test(block);
  if (isJson && /"(?:openapi|swagger)"\s*:/.test(block)) {
    return (origin) => [parseJsonText(block, origin)];
  }
  if (!isJson && /^(["']?)(?:openapi|swagger)\1\s*:/m.test(block)) {
    return (origin) => parseYamlText(block, origin);
  }
  return undefined;
}

/**
 * Blanks the lines that hold nothing but a tag of MDX or GitBook (`<CodeGroup>`, `{% code %}`): to
 * Markdown they begin a block of HTML, or a paragraph, which takes in the fence below them.
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
    return TAG_ALONE.test(line) ? "" : line;
  });
  return lines.join("\n");
}

const TAG_ALONE = /^\s*(?:<\/?[A-Za-z][\w.-]*(?:\s[^<>]*)?>|\{%.*%\})\s*$/;

interface Block {
  /** The line of the fence that opens the block. */
  line: number;
  text: string;
}

/** The fenced blocks, those too that stand so deep inside a tag that Markdown sees code indented. */
function fencedBlocks(markdown: string, linesBefore: number): Block[] {
  return codeNodes(fromMarkdown(markdown)).flatMap(({ position, value }) => {
    const line = linesBefore + (position?.start.line ?? 1);
    const opening = markdown.charAt(position?.start.offset ?? 0);
    if (opening === "`" || opening === "~") return [{ line, text: value }];
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
