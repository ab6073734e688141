// @ts-check
/** Runs `scripts/generate/command.ts`, or reports immediately that nothing has changed. */
import { rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isCommitted } from "./generate/committed.js";
import {
  hashInputs,
  hashOutputs,
  readFiles,
  readMembers,
  readSpecFiles,
  STAMP,
} from "./generate/stamp.js";

const unchanged = process.argv.length === 2 ? await describeUnchanged(process.cwd()) : undefined;
if (unchanged !== undefined) {
  // Opening process.stdout takes 2 ms.
  writeSync(1, unchanged);
} else {
  const { run } = await loadCommand();
  await run(process.argv.slice(2));
}

/**
 * Compiles the command into one module, which is quicker than a loader that compiles file by file.
 * The module is written next to its sources so that it resolves the same packages.
 *
 * @returns {Promise<typeof import("./generate/command.js")>}
 */
async function loadCommand() {
  const { build } = await import("esbuild");
  const folder = fileURLToPath(new URL("./generate/", import.meta.url));
  const outfile = join(folder, `.command-${process.pid}.mjs`);
  try {
    await build({
      ...{ absWorkingDir: folder, entryPoints: ["command.ts"], outfile, bundle: true },
      ...{ format: "esm", platform: "node", packages: "external", logLevel: "error" },
    });
    /** @type {unknown} */
    const command = await import(pathToFileURL(outfile).href);
    return /** @type {typeof import("./generate/command.js")} */ (command);
  } finally {
    rmSync(outfile, { force: true });
  }
}

/**
 * Returns what a run would print, if spec/ matches the last commit and generated/ matches spec/.
 *
 * @param {string} root
 * @returns {Promise<string | undefined>}
 */
async function describeUnchanged(root) {
  try {
    const folder = join(root, "generated");
    const { inputs, outputs, summary } = readMembers(join(folder, STAMP));
    const found = hashInputs(readSpecFiles(root));
    const isFresh = inputs === found && outputs === hashOutputs(readFiles(folder));
    return isFresh && (await isCommitted(root, found)) ? String(summary) : undefined;
  } catch {
    // The stamp or the folder does not exist yet.
    return undefined;
  }
}
