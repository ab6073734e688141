import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The source files of all entry points, relative to the root of the repository. */
export interface Entries {
  /** The modules that users import. */
  readonly library: readonly string[];
  /** The modules that the package imports itself, which depend on the runtime. */
  readonly internal: readonly string[];
  readonly command: string;
}

/** Conditions and their files. */
interface Targets {
  readonly [condition: string]: string | Targets;
}

interface Manifest {
  readonly exports: Targets;
  readonly imports: Targets;
  readonly bin: Readonly<Record<string, string>>;
}

/** Reads the entry points from `package.json`. */
export function readEntries(root: string): Entries {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest; // Ours.
  const [command = ""] = sourcesOf(manifest.bin);
  return { library: sourcesOf(manifest.exports), internal: sourcesOf(manifest.imports), command };
}

/** The source files of the modules among the targets, without duplicates. */
function sourcesOf(targets: Targets): string[] {
  const sources = Object.values(targets).flatMap((target) => {
    if (typeof target !== "string") return sourcesOf(target);
    const name = /^\.\/dist\/(src\/.*)\.js$/.exec(target)?.[1];
    return name === undefined ? [] : [`${name}.ts`];
  });
  return [...new Set(sources)];
}
