import { applyOverlay } from "./merge/apply-overlay.js";
import { checkRefs } from "./merge/check-refs.js";
import { extractDocuments } from "./read/extract-documents.js";
import { GenerateError } from "./generate-error.js";
import type { JsonObject } from "./json.js";
import { listNamedOperations, type NamedOperation } from "./list-operations.js";
import { mergeDocuments } from "./merge/merge-documents.js";
import { readOverlay } from "./read/read-overlay.js";
import type { Spec } from "./read/read-spec.js";

/** The API as all pages and the overlay together describe it. */
export interface Api {
  document: JsonObject;
  operations: NamedOperation[];
}

/** Composes the steps from text to one document in which everything has its place and name. */
export function buildApi({ pages, overlay }: Spec): Api {
  const documents = pages.flatMap(extractDocuments);
  const merged = mergeDocuments(documents);
  const actions = overlay ? readOverlay(overlay) : [];
  const document = applyOverlay(merged, actions);
  checkRefs(document);
  const operations = listNamedOperations(document);
  if (operations.length === 0) {
    throw new GenerateError(
      `Expected OpenAPI documents with operations in the code blocks of spec/*.md, but found ` +
        `${documents.length} documents and no operation on ${pages.length} pages. ` +
        `Save a page of the vendor's reference there as Markdown.`,
    );
  }
  return { document, operations };
}
