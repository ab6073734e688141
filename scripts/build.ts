/** Builds `dist/`, as it is published: `npm run build`. */
import { chmod, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleEntries } from "./build/bundle-entries.js";
import { convertToCommonJs } from "./build/convert-to-commonjs.js";
import { emitDeclarations } from "./build/emit-declarations.js";
import { readEntries } from "./build/entries.js";
import { bundlePage } from "./bundle-page.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const DIST = join(ROOT, "dist");

const entries = readEntries(ROOT);
await rm(DIST, { recursive: true, force: true });
emitDeclarations(ROOT, entries.library);
const library = [...entries.library, ...entries.internal];
await convertToCommonJs(
  ROOT,
  await bundleEntries(ROOT, library, { chunks: "chunks", sourcemap: true }),
  library,
);
// A separate bundle: the command line loads each command on its own, which would split the library
// into many small chunks.
await bundleEntries(ROOT, [entries.command], { chunks: "src/cli/chunks", sourcemap: false });
await bundlePage(join(DIST, "page"));
await chmod(join(DIST, entries.command.replace(/\.ts$/, ".js")), 0o755);
