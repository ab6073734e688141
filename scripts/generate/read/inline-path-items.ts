import { GenerateError } from "../generate-error.js";
import { isObject, objectAt, pointerStep, stringAt } from "../json.js";
import { resolveRef } from "../resolve-ref.js";
import type { SourceDocument } from "./source-document.js";

/** Replaces `$ref`s to path items with copies, because pages that are merged share their paths. */
export function inlinePathItems({ source, content }: SourceDocument): void {
  const paths = objectAt(content, "paths");
  for (const [path, item] of Object.entries(paths)) {
    if (stringAt(item, "$ref")?.startsWith("#") !== true || !isObject(item)) continue;
    const found = resolvePathItem(content, item, `${source}: /paths${pointerStep(path)}`);
    const own = Object.entries(item).filter(([name]) => name !== "$ref");
    paths[path] = { ...structuredClone(found), ...Object.fromEntries(own) };
  }
}

function resolvePathItem(
  content: SourceDocument["content"],
  item: SourceDocument["content"],
  place: string,
): SourceDocument["content"] {
  try {
    const found = resolveRef(content, item);
    if (isObject(found)) return found;
    throw new GenerateError("its $ref must refer to a path item: correct it or remove it.");
  } catch (error) {
    if (!(error instanceof GenerateError)) throw error;
    throw new GenerateError(`${place}: ${error.message}`, { cause: error });
  }
}
