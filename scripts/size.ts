/**
 * Prints the size of each entry in a browser: bundled with its imports, minified and gzipped. Fails if
 * one exceeds its budget, or if the manual has another size. `--write` also measures the peers of the
 * benchmarks, and writes all sizes to scripts/bench/README.md. `--files` prints what each folder and file
 * of the client contributes.
 */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type BuildResult, buildSync } from "esbuild";
import { installPeers, versionOf } from "./bench/peers.js";
import { markdownTable, readBlock } from "./manual-block.js";
import { withoutSentences } from "./size/without-sentences.js";
import { writeManual } from "./write-manual.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const PEERS_ROOT = `${ROOT}scripts/bench/`;

const CLIENT = 'export * from "./src/index.ts";';

/** An entry to measure, the part of it that another row includes, and its budget in kB. */
interface Entry {
  readonly name: string;
  readonly contents: string;
  readonly without?: string;
  /** Measures only the messages of errors. */
  readonly sentences?: true;
  readonly budget: number;
}

/** The module that is loaded only when it is needed. */
const LAZY = "generated/event-validators";

const ENTRIES: readonly Entry[] = [
  { name: "linq-webhooks, with openapi-fetch", contents: CLIENT, budget: 26.5 },
  {
    name: "linq-webhooks, its error messages",
    contents: CLIENT,
    sentences: true,
    budget: 3.0,
  },
  {
    name: "linq-webhooks/receiver",
    contents: 'export * from "./src/receiver/index.ts"',
    budget: 9.1,
  },
  {
    name: "linq-webhooks/receiver, createReceiver alone",
    contents: 'export { createReceiver } from "./src/receiver/index.ts"',
    budget: 8.9,
  },
  {
    name: "linq-webhooks/receiver, loaded for validate",
    contents: `export { EVENT_VALIDATORS } from "./${LAZY}.ts"`,
    budget: 4.6,
  },
  {
    name: "linq-webhooks/receiver, verifySignature alone",
    contents: 'export { verifySignature } from "./src/receiver/index.ts"',
    budget: 1.7,
  },
  {
    name: "linq-webhooks/sync, on top of the client",
    contents: `${CLIENT} export * from "./src/sync/index.ts"`,
    without: CLIENT,
    budget: 4.7,
  },
  {
    name: "linq-webhooks/stores",
    contents: 'export * from "./src/stores/index.ts"',
    budget: 4.0,
  },
  {
    name: "linq-webhooks/sandbox",
    contents: 'export * from "./src/sandbox/index.ts"',
    budget: 12.6,
  },
];

/** The export of each peer that does the same work. */
const PEERS: Readonly<Record<string, string>> = {
  "openapi-fetch": "default",
  ky: "default",
  standardwebhooks: "Webhook",
  "@linqapp/sdk": "default",
  svix: "Webhook",
  stripe: "default",
};

const COMMAND = "npm run size -- --write";
/** In kB; sizes may differ that much between versions of the compressor. */
const TOLERANCE = 0.11;

/** Options of esbuild that keep the result in memory, and list its parts. */
const OUTPUT = { metafile: true, write: false } as const;

const isWriting = process.argv.includes("--write");
const shown = readBlock(COMMAND);
const rows: string[][] = [];

for (const { name, contents, without, sentences, budget } of ENTRIES) {
  const bundled = bundle(contents, ROOT);
  const rest = sentences ? withoutSentences(bundled) : without && bundle(without, ROOT);
  const size = weigh(bundled) - (rest === undefined ? 0 : weigh(rest));
  add(name, size, `budget ${budget.toFixed(1)}`);
  if (size > budget) fail(`${name} is over its budget: npm run size -- --files shows its parts.`);
  const inManual = shown.split("\n").find((row) => row.split("|")[1]?.trim() === `\`${name}\``);
  const isShown = Math.abs(Number(inManual?.split("|")[2]) - size) <= TOLERANCE;
  if (!isWriting && !isShown) fail(`The manual has another size for ${name}: run ${COMMAND}.`);
}

if (isWriting) {
  installPeers();
  for (const [name, part] of Object.entries(PEERS)) {
    const isOurs = name === "openapi-fetch";
    const size = weigh(bundle(`export { ${part} } from "${name}"`, isOurs ? ROOT : PEERS_ROOT));
    add(isOurs ? name : `${name} ${versionOf(name)}`, size, "");
  }
  await writeManual(COMMAND, markdownTable([["In a browser", "kB"], ...rows]));
}

if (process.argv.includes("--files")) {
  const files = Object.entries(filesOf(CLIENT));
  const folders = new Map<string, number>();
  for (const [file, bytes] of files) {
    const folder = file.split("/").slice(0, 2).join("/");
    folders.set(folder, (folders.get(folder) ?? 0) + bytes);
  }
  printShares("Folder of the client", [...folders]);
  printShares("File of the client", files);
}

/** Prints shares of the minified bytes, the largest first. */
function printShares(
  title: string,
  parts: readonly (readonly [name: string, bytes: number])[],
): void {
  const sum = parts.reduce((total, [, bytes]) => total + bytes, 0);
  const sorted = [...parts].sort(([, a], [, b]) => b - a);
  console.log(`\n${title.padEnd(46)}bytes, minified`);
  for (const [name, bytes] of sorted) {
    const share = ((100 * bytes) / sum).toFixed(1).padStart(5);
    console.log(`${name.padEnd(46)}${String(bytes).padStart(6)} ${share} %`);
  }
}

/** The minified bytes of each file in a bundle. */
function filesOf(contents: string): Record<string, number> {
  const [output] = Object.values(build(contents, ROOT).metafile.outputs);
  const inputs = Object.entries(output?.inputs ?? {});
  return Object.fromEntries(inputs.map(([file, { bytesInOutput }]) => [file, bytesInOutput]));
}

function add(name: string, size: number, note: string): void {
  console.log(`${name.padEnd(46)}${size.toFixed(1).padStart(5)} kB  ${note}`.trimEnd());
  rows.push([`\`${name}\``, size.toFixed(1)]);
}

function fail(problem: string): void {
  console.error(problem);
  process.exitCode = 1;
}

function bundle(contents: string, resolveDir: string): string {
  return build(contents, resolveDir).outputFiles[0]?.text ?? "";
}

function build(contents: string, resolveDir: string): BuildResult<typeof OUTPUT> {
  return buildSync({
    ...OUTPUT,
    stdin: { contents, resolveDir, loader: "ts" },
    alias: {
      "#receiver/runtime": `${ROOT}src/receiver/runtime.ts`,
      "#sandbox/listen": `${ROOT}src/sandbox/wire/listen.ts`,
    },
    bundle: true,
    external: [`../../${LAZY}.js`],
    format: "esm",
    minify: true,
    platform: "browser",
    target: "es2022",
    logLevel: "error",
  });
}

/** In kB. */
function weigh(text: string): number {
  return gzipSync(text, { level: 9 }).length / 1_000;
}
