import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createProject, REPOSITORY, type Project } from "./project.js";

export const VENDOR_PAGE = "spec/webhook-subscriptions.md";

/** A copy of the package's own spec/ and generated/, with the vendor's page changed. */
export async function copyProject(change = (page: string): string => page): Promise<Project> {
  const folders = ["spec", "generated"];
  const names = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(REPOSITORY, folder))).map((name) => `${folder}/${name}`),
    ),
  );
  const entries = names
    .flat()
    .map(async (name) => [name, await readFile(join(REPOSITORY, name), "utf8")] as const);
  const files: Record<string, string> = Object.fromEntries(await Promise.all(entries));
  return createProject({ ...files, [VENDOR_PAGE]: change(files[VENDOR_PAGE] ?? "") });
}
