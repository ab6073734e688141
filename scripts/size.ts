/**
 * Prints what each entry weighs in a browser: bundled with what it imports, minified, gzipped. Fails
 * when one exceeds its budget. `--peers` weighs the peers of the benchmarks, too.
 */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import { installPeers } from "./bench/peers.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const PEERS_ROOT = `${ROOT}scripts/bench/`;

const CLIENT = 'export * from "./src/index.ts";';

/** What is weighed, what of it weighs already with something else, and the budget in kB. */
interface Entry {
  readonly name: string;
  readonly contents: string;
  readonly without?: string;
  readonly budget: number;
}

const ENTRIES: readonly Entry[] = [
  { name: "linq-webhooks", contents: CLIENT, budget: 15.8 },
  {
    name: "linq-webhooks/receiver",
    contents: 'export * from "./src/receiver/index.ts"',
    budget: 6.4,
  },
  {
    name: "  createReceiver alone",
    contents: 'export { createReceiver } from "./src/receiver/index.ts"',
    budget: 5.4,
  },
  {
    name: "  verifySignature alone",
    contents: 'export { verifySignature } from "./src/receiver/index.ts"',
    budget: 1.3,
  },
  {
    name: "linq-webhooks/sync, on top of the client",
    contents: `${CLIENT} export * from "./src/sync/index.ts"`,
    without: CLIENT,
    budget: 3.1,
  },
  { name: "linq-webhooks/sandbox", contents: 'export * from "./src/sandbox/index.ts"', budget: 11 },
];

/** The part of each that does the same. */
const PEERS: Readonly<Record<string, string>> = {
  "openapi-fetch": "default",
  ky: "default",
  standardwebhooks: "Webhook",
  "@linqapp/sdk": "default",
  svix: "Webhook",
  stripe: "default",
};

for (const { name, contents, without = "", budget } of ENTRIES) {
  const size = weigh(contents, ROOT) - (without === "" ? 0 : weigh(without, ROOT));
  print(name, size, `budget ${budget.toFixed(1)}`);
  if (size > budget) {
    console.error(`${name.trim()} is over its budget: find out what has grown`);
    process.exitCode = 1;
  }
}

if (process.argv.includes("--peers")) {
  installPeers();
  for (const [name, part] of Object.entries(PEERS)) {
    const folder = name === "openapi-fetch" ? ROOT : PEERS_ROOT;
    print(name, weigh(`export { ${part} } from "${name}"`, folder), "");
  }
}

/** In kB. */
function weigh(contents: string, resolveDir: string): number {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir, loader: "ts" },
    alias: {
      "#receiver/runtime": `${ROOT}src/receiver/runtime.ts`,
      "#sandbox/listen": `${ROOT}src/sandbox/listen.ts`,
    },
    bundle: true,
    format: "esm",
    minify: true,
    platform: "browser",
    target: "es2022",
    write: false,
    logLevel: "error",
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length / 1_000;
}

function print(name: string, size: number, note: string): void {
  console.log(`${name.padEnd(42)}${size.toFixed(1).padStart(5)} kB  ${note}`.trimEnd());
}
