import { fromMarkdown } from "mdast-util-from-markdown";
import type { Code, Nodes } from "mdast";
import { findJsonError } from "./find-json-error.js";
import { GenerateError } from "./generate-error.js";
import { isObject, parseJson, type Json, type JsonObject } from "./json.js";

/** A Markdown page of the vendor's reference. */
export interface Page {
  name: string;
  text: string;
}

/** An OpenAPI document found on a page. */
export interface SourceDocument {
  /** `page:line` of the fence that opens the block. */
  source: string;
  content: JsonObject;
}

/** The OpenAPI documents in the fenced code blocks of a page, in their order. */
export function extractDocuments(page: Page): SourceDocument[] {
  return fencedBlocks(page.text).flatMap((block) => {
    const content = parseBlock(page, block);
    if (!isObject(content) || !Object.hasOwn(content, "openapi")) return [];
    return [{ source: `${page.name}:${block.line}`, content }];
  });
}

interface Block {
  line: number;
  text: string;
}

function fencedBlocks(markdown: string): Block[] {
  return codeNodes(fromMarkdown(markdown)).flatMap(({ position, value }) => {
    const opening = markdown.charAt(position?.start.offset ?? 0);
    const isFenced = opening === "`" || opening === "~";
    return isFenced ? [{ line: position?.start.line ?? 1, text: value }] : [];
  });
}

function codeNodes(node: Nodes): Code[] {
  if (node.type === "code") return [node];
  return "children" in node ? node.children.flatMap(codeNodes) : [];
}

function parseBlock(page: Page, block: Block): Json | undefined {
  try {
    return parseJson(block.text);
  } catch {
    if (/"openapi"\s*:/.test(block.text)) throw brokenDocument(page, block);
    return undefined;
  }
}

function brokenDocument(page: Page, block: Block): GenerateError {
  const { offset, expected } = findJsonError(block.text) ?? { offset: 0, expected: "JSON" };
  const before = block.text.slice(0, offset).split("\n");
  const line = block.line + before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  const found = JSON.stringify(block.text.slice(offset, offset + 20));
  return new GenerateError(
    `${page.name}:${block.line}: the OpenAPI document in this block is not JSON: ` +
      `expected ${expected} at line ${line}, column ${column}, but found ${found}.`,
  );
}
