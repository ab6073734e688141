import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const CACHE = join(REPOSITORY, "node_modules", ".cache", "linq-webhooks");

const runFile = promisify(execFile);

/** The installations of this process, by folder, so that tools that start at once share one. */
const installations = new Map<string, Promise<string>>();

/**
 * Installs what a folder's `package.json` and `package-lock.json` pin, when it is first needed: tools
 * that are too large to come along with `npm ci`. No scripts of theirs are run.
 *
 * @returns the path of the `node_modules` that holds them.
 * @throws {Error} that says what could not be installed.
 */
export function installPinned(folder: string): Promise<string> {
  const installation = installations.get(folder) ?? install(folder);
  installations.set(folder, installation);
  return installation;
}

async function install(folder: string): Promise<string> {
  const lock = await readFile(join(folder, "package-lock.json"));
  const hash = createHash("sha256").update(lock).digest("hex").slice(0, 16);
  const installed = join(CACHE, `${basename(dirname(folder))}-${hash}`);
  if (!existsSync(installed)) {
    await mkdir(CACHE, { recursive: true });
    // Beside its place, since only there it can be moved in one step.
    const beside = await mkdtemp(join(CACHE, "new-"));
    await cp(folder, beside, { recursive: true });
    // Not `ci`, which insists on the programs for all other machines as well.
    await runFile(
      "npm",
      ["install", "--loglevel=error", "--ignore-scripts", "--no-audit", "--no-fund"],
      { cwd: beside },
    ).catch(async (cause: unknown) => {
      await rm(beside, { recursive: true });
      // What npm has to say is in its output, which a failed run hands over with the error.
      const { stderr } = cause as { stderr: string };
      throw new Error(`Cannot install what ${folder} pins:\n${stderr}`, { cause });
    });
    await rename(beside, installed).catch(async (error: unknown) => {
      // Somebody else was faster.
      if (!existsSync(installed)) throw error;
      await rm(beside, { recursive: true });
    });
  }
  return join(installed, "node_modules");
}
