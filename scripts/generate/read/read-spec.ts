import type { Json, JsonObject } from "../json.js";
import type { Problems } from "../problems.js";
import { visitObjects } from "../visit-objects.js";
import type { Found } from "./markdown-documents.js";
import { inlinePathItems } from "./inline-path-items.js";
import { parseFile } from "./parse-file.js";
import type { RawFile } from "./read-folder.js";
import { readOverlay, type OverlayAction } from "./read-overlay.js";
import type { SourceDocument } from "./source-document.js";
import { toDocument } from "./to-document.js";

/** The content of spec/. */
export interface Spec {
  documents: SourceDocument[];
  overlay: OverlayAction[];
  /** The descriptions of the deliveries; a second one is a problem. */
  deliveries: SourceDocument[];
  /** Harmless oddities, one line each. */
  notes: string[];
}

const OVERLAY = /^spec\/overlay\.(?:json|ya?ml)$/i;
const WEBHOOK_EVENTS = /^spec\/webhook-events\.(?:json|ya?ml)$/i;

/** Reads every file. One that cannot be used is a problem. */
export async function readSpec(files: RawFile[], problems: Problems): Promise<Spec> {
  const spec: Spec = { documents: [], deliveries: [], overlay: [], notes: [] };
  const parsed = files.flatMap((file) => parseOrReport(file, problems));
  const contents = new Map(parsed.map(({ name, found }) => [name, found[0]?.value ?? null]));
  const used = new Set<string>();
  let overlay: string | undefined;
  for (const { name, found } of parsed) {
    if (OVERLAY.test(name)) {
      if (overlay !== undefined || found.length > 1) {
        problems.add(`${overlay ?? name} and ${name} hold more than one overlay: keep one.`);
      }
      overlay = name;
      used.add(name);
      spec.overlay = problems.collect(() => readOverlay(name, contents.get(name))) ?? [];
      continue;
    }
    for (const one of found) {
      const document = await readDocument(name, one);
      if (!document) continue;
      (WEBHOOK_EVENTS.test(name) ? spec.deliveries : spec.documents).push(document);
    }
  }
  for (const { name } of parsed) if (!used.has(name)) problems.add(yieldsNothing(name));
  return spec;

  async function readDocument(name: string, found: Found): Promise<SourceDocument | undefined> {
    const before = problems.count();
    const document = problems.collect(() => toDocument(name, found));
    if (document ?? problems.count() > before) used.add(name);
    if (!document) return undefined;
    const standing = await standAlone(document, contents);
    for (const file of standing.files) used.add(file);
    problems.collect(() => {
      inlinePathItems(standing.document);
    });
    for (const { pointer, ref } of refsToFiles(standing.document.content)) {
      problems.add(
        `${document.source}: ${pointer}: the $ref "${ref}" has no target in spec/: ` +
          `add the file that it refers to, relative to ${name}.`,
      );
    }
    return standing.document;
  }
}

interface ParsedFile {
  name: string;
  found: Found[];
}

/** Leaves out a file that could not be parsed: reporting it as unused as well would be noise. */
function parseOrReport(file: RawFile, problems: Problems): ParsedFile[] {
  const before = problems.count();
  const found = problems.collect(() => parseFile(file, problems)) ?? [];
  return problems.count() === before || found.length > 0 ? [{ name: file.name, found }] : [];
}

interface Standing {
  document: SourceDocument;
  /** The files that were inlined. */
  files: string[];
}

/** Inlines everything that the document refers to in other files of spec/. */
async function standAlone(
  document: SourceDocument,
  contents: ReadonlyMap<string, Json>,
): Promise<Standing> {
  if (refsToFiles(document.content).length === 0) return { document, files: [] };
  const { inlineFiles } = await import("./redocly.js");
  const { content, files } = await inlineFiles(document, contents);
  return { document: { ...document, content }, files };
}

function refsToFiles(content: JsonObject): { pointer: string; ref: string }[] {
  const found: { pointer: string; ref: string }[] = [];
  visitObjects(content, ({ $ref }, pointer) => {
    if (typeof $ref === "string" && !$ref.startsWith("#")) found.push({ pointer, ref: $ref });
  });
  return found;
}

function yieldsNothing(name: string): string {
  const isPage = /\.(?:md|mdx|markdown)$/i.test(name);
  const lookedFor = isPage
    ? `a fenced code block of JSON or YAML with an "openapi" member`
    : `an "openapi" member at the top level, or a $ref to this file in a document`;
  return (
    `${name} has no OpenAPI document: expected ${lookedFor}; ` +
    `save the page with its OpenAPI document, or move the file out of spec/.`
  );
}
