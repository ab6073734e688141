// @ts-check
/** Runs `scripts/generate/command.ts`, or reports immediately that nothing has changed. */
import { existsSync, readdirSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, join } from "node:path";
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

/**
 * Makes openapi-typescript load TypeScript with `require`. An import of it takes much longer, because
 * Node searches its 9 MB for the syntax of modules and for the names of its exports.
 *
 * @type {import("esbuild").Plugin}
 */
const REQUIRE_TYPESCRIPT = {
  name: "require-typescript",
  setup: (build) => {
    build.onResolve({ filter: /^openapi-typescript$/ }, ({ path }) => ({
      path: fileURLToPath(import.meta.resolve(path)),
    }));
    build.onResolve({ filter: /^typescript$/ }, ({ path }) => ({ path, namespace: "require" }));
    build.onLoad({ filter: /./, namespace: "require" }, ({ path }) => ({
      contents: `import { createRequire } from "node:module"; export default createRequire(import.meta.url)("${path}");`,
    }));
  },
};

const unchanged = process.argv.length === 2 ? await describeUnchanged(process.cwd()) : undefined;
if (unchanged !== undefined) {
  // Opening process.stdout takes 2 ms.
  writeSync(1, unchanged);
} else {
  const { run } = await loadCommand();
  await run(process.argv.slice(2));
}

/**
 * Loads the command from one module, which is quicker than a loader that compiles file by file. The
 * module is written next to its sources so that it resolves the same packages, and is used until they
 * change.
 *
 * @returns {Promise<typeof import("./generate/command.js")>}
 */
async function loadCommand() {
  const folder = fileURLToPath(new URL("./generate/", import.meta.url));
  const name = `.command-${hashInputs([]).slice(0, 16)}.mjs`;
  const module = join(folder, name);
  if (!existsSync(module)) await compileCommand(folder, module);
  /** @type {unknown} */
  const command = await import(pathToFileURL(module).href);
  return /** @type {typeof import("./generate/command.js")} */ (command);
}

/**
 * @param {string} folder - of the sources.
 * @param {string} outfile
 * @returns {Promise<void>}
 */
async function compileCommand(folder, outfile) {
  const { build } = await import("esbuild");
  // Another run at the same time may already have compiled the same module, and be about to load it.
  for (const name of readdirSync(folder)) {
    const isOld = name.startsWith(".command-") && name !== basename(outfile);
    if (isOld) rmSync(join(folder, name), { force: true });
  }
  // Renamed when it is complete, so that no other run loads a part of it.
  const draft = join(folder, `.draft-${process.pid}.mjs`);
  try {
    await build({
      ...{ absWorkingDir: folder, entryPoints: ["command.ts"], outfile: draft, bundle: true },
      ...{ format: "esm", platform: "node", packages: "external", logLevel: "error" },
      plugins: [REQUIRE_TYPESCRIPT],
    });
    renameSync(draft, outfile);
  } finally {
    rmSync(draft, { force: true });
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
