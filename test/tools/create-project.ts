import { cpSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPinned } from "../support/install-pinned.js";
import { unpackPackage } from "../support/unpack-package.js";
import type { Tool } from "./tool.js";

/** A project in a temporary folder, with its dependencies and the packed package installed. */
export interface Project {
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/**
 * Creates the project of a tool. The dependencies are copied from the cache, because tools treat links,
 * and sources inside a `node_modules`, differently from a normal project.
 */
export async function createProject({ pinned, files }: Tool): Promise<Project> {
  const source = fileURLToPath(new URL(pinned, import.meta.url));
  const modules = await installPinned(source);
  const folder = await mkdtemp(join(tmpdir(), "linq-webhooks-tool-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    // `cp` of node:fs/promises takes four times as long for this many files.
    cpSync(source, folder, { recursive: true });
    cpSync(modules, join(folder, "node_modules"), { recursive: true, verbatimSymlinks: true });
    await unpackPackage(folder);
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, remove };
}
