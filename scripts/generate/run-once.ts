import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { buildVendorApi, completeApi, type VendorApi } from "./build-api.js";
import { compareWithBase, LAST_COMMIT, type Comparison } from "./compare-with-base.js";
import { eventNames } from "./emit/event-names.js";
import { renderFiles } from "./emit/render-files.js";
import { startFormatter, type Formatter } from "./format-code.js";
import { GenerateError } from "./generate-error.js";
import { byCodeUnit, type JsonObject } from "./json.js";
import { fetchSource } from "./read/fetch-source.js";
import { readFolder, type RawFile } from "./read/read-folder.js";
import { undescribedEvents } from "./read/read-webhook-events.js";
import type { Options } from "./read-options.js";
import { changesToJson } from "./report/changes-to-json.js";
import { showChanges } from "./report/show-changes.js";
import { hashInputs, hashOutputs, STAMP } from "./stamp.js";
import { findStale, writeFiles, type Staleness } from "./write-files.js";

/** The results of a run so far. */
interface Outcome {
  comparison?: Comparison;
  notes: string[];
  summary?: string;
  files?: Staleness;
  problems: readonly string[];
}

/**
 * Generates generated/ from the spec/ under `root`, or checks that it is up to date, and returns the
 * exit code. Prints the changes in the API as soon as they are known, even if a later step fails.
 */
export async function runOnce(
  root: string,
  options: Options,
  print: (text: string) => void,
): Promise<number> {
  const outcome: Outcome = { notes: [], problems: [] };
  const formatter = startFormatter();
  const tell = (lines: string[]): void => {
    if (!options.json && lines.length > 0) print(`${lines.join("\n")}\n`);
  };
  try {
    await generate(root, options, { outcome, tell, formatter });
  } catch (error) {
    if (!options.json) throw error;
    outcome.problems = error instanceof GenerateError ? error.problems : [String(error)];
  } finally {
    await formatter.close();
  }
  if (options.json) print(`${JSON.stringify(toJson(outcome), null, 2)}\n`);
  return exitCode(outcome, options);
}

interface Run {
  outcome: Outcome;
  tell: (lines: string[]) => void;
  formatter: Formatter;
}

async function generate(
  root: string,
  options: Options,
  { outcome, tell, formatter }: Run,
): Promise<void> {
  const { files: sources, added } = await readSources(root, options);
  const vendor = await buildVendorApi(sources);
  outcome.comparison = await compareWithBase(root, options.base, vendor);
  if (added) {
    // Save the page now: if it breaks the overlay, the user needs both in spec/ to fix that.
    await save(root, added);
    tell([`wrote ${added.name}`]);
  }
  tell(showComparison(outcome.comparison));
  outcome.notes = vendor.notes;
  const api = await completeApi(vendor);
  if (vendor.webhookEvents) {
    const undescribed = undescribedEvents(vendor.webhookEvents, eventNames(api.document));
    outcome.notes = [...vendor.notes, ...undescribed];
  }
  tell(outcome.notes.map(toNote));
  outcome.summary = summarise(vendor);
  const files = await renderFiles(api, vendor.webhookEvents, formatter);
  files.set(STAMP, renderStamp(vendor, files, outcome));
  const folder = join(root, "generated");
  if (options.mode === "check") {
    outcome.files = await findStale(folder, files);
    tell([...showStale(outcome.files), outcome.summary]);
  } else {
    outcome.files = await writeFiles(folder, files);
    tell([...showWritten(outcome.files), UP_TO_DATE, outcome.summary]);
  }
}

/** The files of spec/. The file of `--from` replaces the one of the same name. */
async function readSources(
  root: string,
  { from }: Options,
): Promise<{ files: RawFile[]; added?: RawFile }> {
  const files = readFolder(root);
  if (from === undefined) return { files };
  const added = await fetchSource(from);
  const others = files.filter(({ name }) => name !== added.name);
  const all = [...others, added].sort((a, b) => byCodeUnit(a.name, b.name));
  return { files: all, added };
}

async function save(root: string, { name, bytes }: RawFile): Promise<void> {
  const path = join(root, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}

function summarise({ counts: { pages, documents, operations } }: VendorApi): string {
  const count = (number: number, what: string): string =>
    `${number} ${what}${number === 1 ? "" : "s"}`;
  return `${count(pages, "page")}, ${count(documents, "document")}, ${count(operations, "operation")}.`;
}

const UP_TO_DATE = "generated/ is up to date.";

/** The stamp also holds the output of a run that has nothing to do. */
function renderStamp(
  vendor: VendorApi,
  files: Map<string, string>,
  { notes, summary }: Outcome,
): string {
  const lines = [...showChanges([], LAST_COMMIT), ...notes.map(toNote), UP_TO_DATE, summary ?? ""];
  // Hash the files as they were read: they may have changed on disk since then.
  const inputs = vendor.files.map(({ name, bytes }): [string, Uint8Array] => [name, bytes]);
  const stamp = {
    "x-generated": "Generated by `npm run generate` from spec/. Do not edit.",
    inputs: hashInputs(inputs),
    outputs: hashOutputs(files),
    summary: `${lines.join("\n")}\n`,
  };
  return `${JSON.stringify(stamp, null, 2)}\n`;
}

function showComparison({ reason, base, changes }: Comparison): string[] {
  if (reason !== undefined) return [`Cannot compare the API with an earlier state: ${reason}.`];
  return showChanges(changes, base);
}

function toNote(text: string): string {
  return `note: ${text}`;
}

function showWritten({ stale, missing, leftOver }: Staleness): string[] {
  return [
    ...[...stale, ...missing].map((name) => `wrote generated/${name}`),
    ...leftOver.map((name) => `removed generated/${name}`),
  ];
}

function showStale({ stale, missing, leftOver }: Staleness): string[] {
  const lines = [
    ...stale.map((name) => `stale      generated/${name}`),
    ...missing.map((name) => `missing    generated/${name}`),
    ...leftOver.map((name) => `left over  generated/${name}`),
  ];
  return lines.length === 0
    ? [UP_TO_DATE]
    : [...lines, "Run `npm run generate` and commit the files that it writes."];
}

function exitCode({ problems, files, comparison }: Outcome, options: Options): number {
  const isStale = [files?.stale, files?.missing, files?.leftOver].some(
    (names) => names && names.length > 0,
  );
  if (problems.length > 0 || (options.mode === "check" && isStale)) return 1;
  // Without a comparison, a breaking change cannot be ruled out.
  if (options.failOnBreaking && comparison?.reason !== undefined) return 1;
  const isBreaking = comparison?.changes.some(({ level }) => level === "breaking") ?? false;
  return options.failOnBreaking && isBreaking ? 3 : 0;
}

function toJson({ comparison, notes, files, summary, problems }: Outcome): JsonObject {
  return {
    version: 1,
    base: comparison?.base ?? null,
    reason: comparison?.reason ?? null,
    ...changesToJson(comparison?.changes ?? []),
    remarks: notes,
    summary: summary ?? null,
    files: { stale: [], missing: [], leftOver: [], ...files },
    problems: [...problems],
  };
}
