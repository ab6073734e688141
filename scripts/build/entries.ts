import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The sources of what is loaded by a name, as paths from the root of the repository. */
export interface Entries {
  /** What users import. */
  readonly library: readonly string[];
  /** What the package imports from itself, chosen by the runtime. */
  readonly internal: readonly string[];
  readonly command: string;
}

/** Conditions, and the files that they lead to. */
interface Targets {
  readonly [condition: string]: string | Targets;
}

interface Manifest {
  readonly exports: Targets;
  readonly imports: Targets;
  readonly bin: Readonly<Record<string, string>>;
}

/** Reads in `package.json` what has to be in `dist/`. */
export function readEntries(root: string): Entries {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest; // Ours.
  const [command = ""] = sourcesOf(manifest.bin);
  return { library: sourcesOf(manifest.exports), internal: sourcesOf(manifest.imports), command };
}

/** The sources of the modules among the targets, each once. */
function sourcesOf(targets: Targets): string[] {
  const sources = Object.values(targets).flatMap((target) => {
    if (typeof target !== "string") return sourcesOf(target);
    const name = /^\.\/dist\/(src\/.*)\.js$/.exec(target)?.[1];
    return name === undefined ? [] : [`${name}.ts`];
  });
  return [...new Set(sources)];
}
