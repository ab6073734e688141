import type { JsonObject } from "./json.js";
import { listNamedOperations, listOperations, type NamedOperation } from "./list-operations.js";
import { applyOverlay } from "./merge/apply-overlay.js";
import { checkRefs } from "./merge/check-refs.js";
import { mergeDocuments } from "./merge/merge-documents.js";
import { nameOperations } from "./merge/name-operations.js";
import { createProblems, type Problems } from "./problems.js";
import type { OverlayAction } from "./read/read-overlay.js";
import { readWebhookEvents } from "./read/read-webhook-events.js";
import { readSpec, type Spec } from "./read/read-spec.js";
import { reportStructure } from "./read/report-structure.js";
import type { RawFile } from "./read/read-folder.js";

/** The API as the vendor describes it. */
export interface VendorApi {
  /** All pages as one document, before the overlay is applied. */
  document: JsonObject;
  /** The actions of the overlay. */
  overlay: OverlayAction[];
  /** The description of the deliveries, if there is one. */
  webhookEvents?: JsonObject;
  /** The source files. */
  files: RawFile[];
  /** Remarks that are not errors, one line each. */
  notes: string[];
  counts: Counts;
}

interface Counts {
  pages: number;
  documents: number;
  operations: number;
}

/** Reads, checks and merges the files of spec/. Throws one error that lists every problem. */
export async function buildVendorApi(files: RawFile[]): Promise<VendorApi> {
  const problems = createProblems();
  const spec = await readSpec(files, problems);
  await reportStructure(spec, problems);
  return mergeSpec(files, spec, problems);
}

/** Does the same without checking the structure: earlier files were checked when they were committed. */
export async function buildEarlierApi(files: RawFile[]): Promise<VendorApi> {
  const problems = createProblems();
  return mergeSpec(files, await readSpec(files, problems), problems);
}

function mergeSpec(files: RawFile[], spec: Spec, problems: Problems): VendorApi {
  const { documents, deliveries, overlay, notes } = spec;
  const webhookEvents = readWebhookEvents(deliveries, problems);
  const merged = mergeDocuments(documents, problems);
  const operations = listOperations(merged.document).length;
  if (operations === 0) {
    problems.add(
      `Expected OpenAPI documents with operations in spec/, but found ${documents.length} ` +
        `documents and no operation in ${files.length} files: ` +
        `save a page of the vendor's reference there, as Markdown or as OpenAPI.`,
    );
  }
  problems.throwIfAny();
  const pages = new Set(documents.map(({ file }) => file)).size;
  return {
    files,
    document: merged.document,
    overlay,
    ...(webhookEvents ? { webhookEvents } : {}),
    notes: [...notes, ...merged.notes],
    counts: { pages, documents: documents.length, operations },
  };
}

/** The API after the overlay, with a name for every operation. */
export interface Api {
  document: JsonObject;
  operations: NamedOperation[];
}

/** Names the operations and applies the overlay. Throws one error with all problems. */
export async function completeApi(vendor: VendorApi): Promise<Api> {
  const problems = createProblems();
  const document = applyOverlay(named(vendor.document), vendor.overlay, problems);
  // An action that failed causes further errors, which would only hide the first one.
  problems.throwIfAny();
  checkRefs(document, problems);
  const completed = {
    source: "with spec/overlay.json",
    file: "spec/overlay.json",
    content: document,
  };
  const spec = { documents: [completed], deliveries: [], overlay: [], notes: [] };
  // The pages were checked before; only an overlay can have added errors since then.
  if (vendor.overlay.length > 0) await reportStructure(spec, problems);
  const operations = listNamedOperations(document, problems);
  problems.throwIfAny();
  return { document, operations };
}

/**
 * The vendor's document with the operation names that users see: names from the overlay, which do not
 * change when the vendor rewords a summary, and otherwise names derived from the page.
 */
export function withNames(document: JsonObject, overlay: OverlayAction[]): JsonObject {
  const ignored: Problems = createProblems();
  return named(applyOverlay(document, overlay.filter(isName), ignored));
}

function named(document: JsonObject): JsonObject {
  const copy = structuredClone(document);
  nameOperations(copy);
  return copy;
}

function isName({ update }: OverlayAction): boolean {
  return JSON.stringify(Object.keys(Object(update) as object)) === '["operationId"]';
}
