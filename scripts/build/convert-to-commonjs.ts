import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { reachableFiles, type WrittenFiles } from "./bundle-entries.js";

/** Leaves each file what it is, and lets it ask for the others by the names that they have here. */
const keepFiles: Plugin = {
  name: "keep-files",
  setup: (bundle) => {
    bundle.onResolve({ filter: /^\./ }, ({ path, kind }) =>
      kind === "entry-point" ? undefined : { path: path.replace(/\.js$/, ".cjs"), external: true },
    );
  },
};

/**
 * Writes what the entries need once more, as CommonJS, into files that end in `.cjs`: for Jest, and for
 * TypeScript that compiles to CommonJS. Node itself loads the modules, also by `require`.
 */
export async function convertToCommonJs(
  root: string,
  files: WrittenFiles,
  entries: readonly string[],
): Promise<void> {
  // To files that the manifest above calls modules, esbuild gives what Node gives to modules: as the
  // `default` of a CommonJS package all of it, also where it names a default of its own.
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
