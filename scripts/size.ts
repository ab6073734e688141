/** Prints what each entry weighs in a browser: bundled with what it imports, minified, gzipped. */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";

const root = fileURLToPath(new URL("../", import.meta.url));

const ENTRIES: Readonly<Record<string, string>> = {
  "linq-webhooks": 'export * from "./src/index.ts"',
  "linq-webhooks/receiver": 'export * from "./src/receiver/index.ts"',
  verifySignature: 'export { verifySignature } from "./src/receiver/index.ts"',
  "linq-webhooks/sandbox": 'export * from "./src/sandbox/index.ts"',
  "linq-webhooks/sync": 'export * from "./src/sync/index.ts"',
  "openapi-fetch": 'export { default } from "openapi-fetch"',
};

/** Entries that nobody uses without the client, with which they share code. */
const ON_TOP = ["linq-webhooks/sync"];

for (const [name, contents] of Object.entries(ENTRIES)) {
  print(name, weigh(contents));
  if (!ON_TOP.includes(name)) continue;
  const client = ENTRIES["linq-webhooks"] ?? "";
  print("  on top of the client", weigh(`${client};${contents}`) - weigh(client));
}

function weigh(contents: string): number {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: root, loader: "ts" },
    alias: {
      "#receiver/runtime": `${root}src/receiver/runtime.ts`,
      "#sandbox/listen": `${root}src/sandbox/listen.ts`,
    },
    bundle: true,
    format: "esm",
    minify: true,
    platform: "browser",
    target: "es2022",
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}

function print(name: string, bytes: number): void {
  console.log(`${name.padEnd(24)}${(bytes / 1_000).toFixed(1).padStart(5)} kB`);
}
