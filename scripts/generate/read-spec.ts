import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "./extract-documents.js";
import { GenerateError } from "./generate-error.js";
import { byCodeUnit } from "./json.js";

/** The sources of a run, as text. */
export interface Spec {
  /** The vendor's pages in the order of their names. */
  pages: Page[];
  overlay?: string;
  webhookEvents?: string;
}

export const OVERLAY = "overlay.json";
export const WEBHOOK_EVENTS = "webhook-events.json";

/** Reads the pages of a folder, and the overlay and the description of the deliveries if it has them. */
export async function readSpec(folder: string): Promise<Spec> {
  const names = await listFolder(folder);
  const read = (name: string): Promise<string> => readFile(join(folder, name), "utf8");
  const pageNames = names.filter((name) => name.endsWith(".md")).sort(byCodeUnit);
  const pages = await Promise.all(
    pageNames.map(async (name) => ({ name: `spec/${name}`, text: await read(name) })),
  );
  return {
    pages,
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
