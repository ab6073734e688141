import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";

/**
 * Writes the declarations that the entries need to `dist/`, with maps that lead editors to the sources,
 * and again for CommonJS with the extension `.d.cts`, which compilers require.
 */
export function emitDeclarations(root: string, entries: readonly string[]): void {
  const dist = join(root, "dist");
  execFileSync("npx", ["tsc", "-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const reachable = reachableDeclarations(dist, entries);
  for (const file of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".d.ts")) continue;
    const path = join(dist, file);
    if (reachable.has(file)) {
      writeFileSync(path.replace(/\.ts$/, ".cts"), toCommonJs(readFileSync(path, "utf8")));
    } else {
      for (const needless of [path, `${path}.map`]) rmSync(needless);
    }
  }
}

/** The declarations of the entries and their imports, as paths relative to the folder. */
function reachableDeclarations(folder: string, entries: readonly string[]): Set<string> {
  const reached = new Set(entries.map((entry) => entry.replace(/\.ts$/, ".d.ts")));
  for (const file of reached) {
    for (const { fileName } of relativeImports(readFileSync(join(folder, file), "utf8"))) {
      reached.add(normalize(join(dirname(file), fileName.replace(/\.js$/, ".d.ts"))));
    }
  }
  return reached;
}

/** The declaration with imports of `.cjs` files, and without the reference to its source map. */
function toCommonJs(text: string): string {
  const [code = ""] = text.split("\n//# sourceMappingURL=");
  const imports = relativeImports(code);
  return imports.reduceRight((rest, { fileName, pos }) => {
    // It begins with the quotation mark.
    const end = pos + 1 + fileName.length;
    return rest.slice(0, pos + 1) + fileName.replace(/\.js$/, ".cjs") + rest.slice(end);
  }, `${code}\n`);
}

function relativeImports(text: string): ts.FileReference[] {
  const { importedFiles } = ts.preProcessFile(text);
  return importedFiles.filter(({ fileName }) => fileName.startsWith("."));
}
