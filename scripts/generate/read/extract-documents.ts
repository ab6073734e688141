import { fromMarkdown } from "mdast-util-from-markdown";
import type { Code, Nodes } from "mdast";
import { GenerateError } from "../generate-error.js";
import { isObject, parseJson, type Json, type JsonObject } from "../json.js";
import { describeJsonError } from "./parse-json-file.js";
import type { SourceFile } from "./read-spec.js";

/** An OpenAPI document found on a page. */
export interface SourceDocument {
  /** `page:line` of the fence that opens the block. */
  source: string;
  content: JsonObject;
}

/** The OpenAPI documents in the fenced code blocks of a page, in their order. */
export function extractDocuments(page: SourceFile): SourceDocument[] {
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

function parseBlock(page: SourceFile, block: Block): Json | undefined {
  try {
    return parseJson(block.text);
  } catch {
    if (/"openapi"\s*:/.test(block.text)) throw brokenDocument(page, block);
    return undefined;
  }
}

function brokenDocument(page: SourceFile, block: Block): GenerateError {
  return new GenerateError(
    `${page.name}:${block.line}: the OpenAPI document in this block is not JSON: ` +
      `${describeJsonError(block.text, block.line)}.`,
  );
}
