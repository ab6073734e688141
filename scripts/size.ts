/** Prints what each entry weighs in a browser: bundled with what it imports, minified, gzipped. */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";

const root = fileURLToPath(new URL("../", import.meta.url));

const ENTRIES: Readonly<Record<string, string>> = {
  "linq-webhooks": 'export * from "./src/index.ts"',
  "linq-webhooks/sandbox": 'export * from "./src/sandbox/index.ts"',
  "openapi-fetch": 'export { default } from "openapi-fetch"',
};

for (const [name, contents] of Object.entries(ENTRIES)) {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: root, loader: "ts" },
    alias: { "#sandbox/listen": `${root}src/sandbox/listen.ts` },
    bundle: true,
    format: "esm",
    minify: true,
    platform: "browser",
    target: "es2022",
    write: false,
  });
  const bytes = gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
  console.log(`${name.padEnd(24)}${(bytes / 1_000).toFixed(1).padStart(5)} kB`);
}
