import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { buildEarlierApi, withNames, type VendorApi } from "./build-api.js";
import { isDeepStrictEqual } from "node:util";
import { byCodeUnit, type JsonObject } from "./json.js";
import { GenerateError } from "./generate-error.js";
import { readCommitted } from "./read/read-committed.js";
import type { RawFile } from "./read/read-folder.js";
import type { Change } from "./report/change.js";
import { compareDocuments } from "./report/compare-documents.js";
import { joinPlaces } from "./report/join-places.js";

/** The differences from an earlier state of spec/. */
export interface Comparison {
  /** The earlier state: `the last commit`, or the name of a file. */
  base: string;
  /** Why no earlier state is available. */
  reason?: string;
  changes: Change[];
}

/** The base of a comparison if no file is given. */
export const LAST_COMMIT = "the last commit";

/** Compares the vendor's API with the one in a file, or else with the last commit. */
export async function compareWithBase(
  root: string,
  file: string | undefined,
  vendor: VendorApi,
): Promise<Comparison> {
  if (file !== undefined) {
    const before = await readBase(file);
    // A page does not describe deliveries, so the current ones count as unchanged.
    return {
      base: file,
      changes: compare({ webhookEvents: vendor.webhookEvents, ...before }, vendor),
    };
  }
  const base = LAST_COMMIT;
  const committed = await readCommitted(root);
  if (typeof committed === "string") return { base, reason: committed, changes: [] };
  if (isDeepStrictEqual(bytesOf(committed), bytesOf(vendor.files))) return { base, changes: [] };
  try {
    return { base, changes: compare(await buildEarlierApi(committed), vendor) };
  } catch (error) {
    if (!(error instanceof GenerateError)) throw error;
    const reason = `the spec/ of the last commit has a problem (${error.problems[0] ?? ""})`;
    return { base, reason, changes: [] };
  }
}

function bytesOf(files: RawFile[]): [string, string][] {
  return files
    .map(({ name, bytes }) => [name, Buffer.from(bytes).toString("latin1")] as [string, string])
    .sort(([a], [b]) => byCodeUnit(a, b));
}

async function readBase(path: string): Promise<VendorApi> {
  try {
    return await buildEarlierApi([{ name: basename(path), bytes: await readFile(path) }]);
  } catch (error) {
    if (error instanceof GenerateError) throw error;
    const message = `--base ${path} cannot be read: give the path of a page or OpenAPI document.`;
    throw new GenerateError(message, { cause: error });
  }
}

type Before = Pick<VendorApi, "document"> & { webhookEvents?: JsonObject | undefined };

/** A description without any delivery. */
const NO_DELIVERIES: JsonObject = { openapi: "3.1.0", webhooks: {} };

/** Uses the names from the overlay for both, so that a reworded summary is not a change. */
function compare(before: Before, now: VendorApi): Change[] {
  const was = withNames(before.document, now.overlay);
  const is = withNames(now.document, now.overlay);
  const { webhookEvents: deliveredBefore } = before;
  const { webhookEvents: delivered } = now;
  const changes = [
    ...compareDocuments(was, is),
    ...compareDocuments(deliveredBefore ?? NO_DELIVERIES, delivered ?? NO_DELIVERIES),
  ];
  const felt = changes.filter(({ rule }) => rule !== "texts-changed");
  return joinPlaces(felt.length > 0 ? felt : changes);
}
