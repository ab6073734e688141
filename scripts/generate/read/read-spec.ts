import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { GenerateError } from "../generate-error.js";
import { byCodeUnit } from "../json.js";

/** A file of spec/ under the name that messages give it. */
export interface SourceFile {
  name: string;
  text: string;
}

/** The sources of a run, as text. */
export interface Spec {
  /** The vendor's pages in the order of their names. */
  pages: SourceFile[];
  overlay?: SourceFile;
  /** The description of the deliveries. */
  webhookEvents?: SourceFile;
}

const OVERLAY = "overlay.json";
const WEBHOOK_EVENTS = "webhook-events.json";

/** Reads the pages of a folder, and the overlay and the description of the deliveries if it has them. */
export async function readSpec(folder: string): Promise<Spec> {
  const names = await listFolder(folder);
  const read = async (name: string): Promise<SourceFile> => {
    return { name: `spec/${name}`, text: await readFile(join(folder, name), "utf8") };
  };
  const pageNames = names.filter((name) => name.endsWith(".md")).sort(byCodeUnit);
  return {
    pages: await Promise.all(pageNames.map(read)),
    ...(names.includes(OVERLAY) ? { overlay: await read(OVERLAY) } : {}),
    ...(names.includes(WEBHOOK_EVENTS) ? { webhookEvents: await read(WEBHOOK_EVENTS) } : {}),
  };
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw new GenerateError(
      `Expected the vendor's pages in ${folder}, but that folder cannot be read. ` +
        `Run this from the root of the package.`,
      { cause: error },
    );
  }
}
