import { GenerateError } from "../generate-error.js";
import { isObject, type Json } from "../json.js";
import type { Found } from "./markdown-documents.js";
import type { SourceDocument } from "./source-document.js";

/** The value as an OpenAPI document, or `undefined` if it does not state a version of OpenAPI. */
export function toDocument(file: string, { source, value }: Found): SourceDocument | undefined {
  if (!isObject(value)) return undefined;
  const version = Object.hasOwn(value, "openapi") ? value["openapi"] : value["swagger"];
  if (version === undefined) return undefined;
  if (typeof version === "string" && /^3\.[01]\.\d+$/.test(version)) {
    return { source, file, content: value };
  }
  throw new GenerateError(`${source} ${explain(version)}`);
}

function explain(version: Json): string {
  const expected = `expected OpenAPI "3.0.x" or "3.1.x", but got ${JSON.stringify(version)}`;
  if (typeof version === "number") return `must state its version as a string: ${expected}.`;
  return `cannot be read: ${expected}; convert the document to one of these versions.`;
}
