// @ts-check
/** Runs `scripts/generate/command.ts`, or says at once that nothing has changed. */
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
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
  process.stdout.write(unchanged);
} else {
  const { run } = await loadCommand();
  await run(process.argv.slice(2));
}

/**
 * Compiles the command into one module, which is quicker than a loader that compiles file by file.
 * It lies beside its sources while it is loaded, and so finds the packages that they find.
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
 * What a run would print, if spec/ is what was committed and generated/ what was made of it.
 *
 * @param {string} root
 * @returns {Promise<string | undefined>}
 */
async function describeUnchanged(root) {
  // Git looks while the files are read here.
  const isCommitted = looksCommitted(root);
  try {
    const folder = join(root, "generated");
    const { inputs, outputs, summary } = readMembers(join(folder, STAMP));
    const isFresh =
      inputs === hashInputs(readSpecFiles(root)) && outputs === hashOutputs(readFiles(folder));
    return isFresh && (await isCommitted) ? String(summary) : undefined;
  } catch {
    // No stamp, or no folder yet.
    return undefined;
  }
}

/**
 * Whether spec/ is what the last commit has.
 *
 * @param {string} root
 * @returns {Promise<boolean>}
 */
function looksCommitted(root) {
  const args = ["status", "--porcelain", "-uall", "--ignored", "--", "spec"];
  return new Promise((resolve) => {
    execFile("git", args, { cwd: root }, (error, stdout) => {
      resolve(error === null && stdout === "");
    });
  });
}
