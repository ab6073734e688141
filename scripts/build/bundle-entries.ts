import { join } from "node:path";
import { build, type Metafile } from "esbuild";

/** The written files, by their paths relative to the root of the repository. */
export type WrittenFiles = Metafile["outputs"];

/**
 * Writes one file for each entry to `dist/`, and chunks for shared code, so that every module is loaded
 * only once. Node loads a few files faster than many. The code is not minified, and its source maps
 * refer to the sources, which are published.
 */
export async function bundleEntries(
  root: string,
  entries: readonly string[],
  { chunks, sourcemap }: { readonly chunks: string; readonly sourcemap: boolean },
): Promise<WrittenFiles> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...entries],
    outbase: ".",
    outdir: "dist",
    chunkNames: `${chunks}/[name]-[hash]`,
    bundle: true,
    splitting: true,
    charset: "utf8",
    format: "esm",
    packages: "external",
    // The runtime that uses the package selects its own file.
    external: ["#*"],
    legalComments: "none",
    logLevel: "error",
    metafile: true,
    platform: "neutral",
    sourcemap,
    sourcesContent: false,
    target: "es2022",
    // The `paths` of tsconfig.json would always select the sources for Node.
    tsconfigRaw: {},
  });
  return metafile.outputs;
}

/** The files that the entries need. */
export function reachableFiles(files: WrittenFiles, entries: readonly string[]): string[] {
  const reached = new Set(entries.map((entry) => join("dist", entry.replace(/\.ts$/, ".js"))));
  for (const file of reached) {
    for (const { path, external } of files[file]?.imports ?? []) {
      if (external !== true) reached.add(path);
    }
  }
  return [...reached];
}
