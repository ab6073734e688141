import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

/** A program that Node can run on its own. */
export interface Program {
  readonly path: string;
  readonly remove: () => void;
}

/** Bundles a program of this folder once, so that each of its processes starts quickly. */
export function bundleProgram(name: string): Program {
  const folder = mkdtempSync(join(tmpdir(), "linq-webhooks-program-"));
  const path = join(folder, "program.mjs");
  buildSync({
    entryPoints: [fileURLToPath(new URL(name, import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "node",
    outfile: path,
  });
  return {
    path,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
