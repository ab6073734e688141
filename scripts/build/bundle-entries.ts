import { join } from "node:path";
import { build, type Metafile } from "esbuild";

/** What was written, by its path from the root of the repository. */
export type WrittenFiles = Metafile["outputs"];

/**
 * Writes one file for each entry into `dist/`, and one for what several share, so that a module is
 * loaded once whatever is imported. Node loads few files faster than many. The code keeps its names, and its
 * maps lead to the sources, which are shipped.
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
    // What Node or another runtime gets is chosen where the package is used.
    external: ["#*"],
    legalComments: "none",
    logLevel: "error",
    metafile: true,
    platform: "neutral",
    sourcemap,
    sourcesContent: false,
    target: "es2022",
    // Its `paths` would lead to the sources for Node.
    tsconfigRaw: {},
  });
  return metafile.outputs;
}

/** Those of the files that some of the entries need. */
export function reachableFiles(files: WrittenFiles, entries: readonly string[]): string[] {
  const reached = new Set(entries.map((entry) => join("dist", entry.replace(/\.ts$/, ".js"))));
  for (const file of reached) {
    for (const { path, external } of files[file]?.imports ?? []) {
      if (external !== true) reached.add(path);
    }
  }
  return [...reached];
}
