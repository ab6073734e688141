import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { reachableFiles, type WrittenFiles } from "./bundle-entries.js";

/** Converts each file separately, and renames its imports of other files to `.cjs`. */
const keepFiles: Plugin = {
  name: "keep-files",
  setup: (bundle) => {
    bundle.onResolve({ filter: /^\./ }, ({ path, kind }) =>
      kind === "entry-point" ? undefined : { path: path.replace(/\.js$/, ".cjs"), external: true },
    );
  },
};

/**
 * Writes the files that the entries need again as CommonJS with the extension `.cjs`, for Jest and for
 * TypeScript that compiles to CommonJS. Node itself loads the ES modules, even with `require`.
 */
export async function convertToCommonJs(
  root: string,
  files: WrittenFiles,
  entries: readonly string[],
): Promise<void> {
  // Without this file, the package.json above would mark the input as ES modules. For these, esbuild
  // makes the whole exports of a CommonJS package its `default`, as Node does, even if the package
  // exports its own `default`.
  const manifest = join(root, "dist/package.json");
  await writeFile(manifest, "{}");
  await build({
    absWorkingDir: root,
    entryPoints: reachableFiles(files, entries).map((file) => `./${file}`),
    outbase: "dist",
    outdir: "dist",
    outExtension: { ".js": ".cjs" },
    bundle: true,
    charset: "utf8",
    format: "cjs",
    packages: "external",
    external: ["#*"],
    legalComments: "none",
    logLevel: "error",
    platform: "neutral",
    plugins: [keepFiles],
    // Jest has no `import()` in CommonJS.
    supported: { "dynamic-import": false },
    target: "es2022",
    tsconfigRaw: {},
  });
  await rm(manifest);
}
