/**
 * Checks what bundlers make of the packed package for browsers and for workers: nothing of Node in it,
 * and nothing that fails where there is nothing but the web's globals.
 */
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build, type Metafile } from "esbuild";
import ts from "typescript";
import { installPackedPackage } from "../support/packed-package.js";

/** What bundlers for each target look for in `exports` and `imports`. */
const CONDITIONS: Readonly<Record<string, string[]>> = {
  browsers: ["browser"],
  workers: ["workerd", "worker", "browser"],
};

/** Each entry, and a first use of it. */
const ENTRIES: Readonly<Record<string, string>> = {
  "linq-webhooks": 'createLinqClient({ token: "any-token" }).webhookSubscriptions.list.length',
  "linq-webhooks/receiver": 'createReceiver({ secret: "a secret" }).fetch.length',
  "linq-webhooks/sandbox": "createSandbox().fetch.length",
  "linq-webhooks/stores": "createRedisStore(async () => 1).claim.length",
  "linq-webhooks/sync": "planSync([], []).steps.length",
  "linq-webhooks/testing": "testDeliveryStore.length",
};

const NOT_OF_THE_WEB = ["Buffer", "process", "global", "require", "setImmediate"];

/** openapi-fetch asks `typeof process === "object"` first, so it lives without. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = { "openapi-fetch": ["process"] };

const WEB_GLOBALS = [
  "AbortController",
  "AbortSignal",
  "DOMException",
  "Event",
  "EventTarget",
  "Headers",
  "ReadableStream",
  "Request",
  "Response",
  "TextDecoder",
  "TextEncoder",
  "URL",
  "URLSearchParams",
  "clearTimeout",
  "console",
  "crypto",
  "fetch",
  "queueMicrotask",
  "setTimeout",
  "structuredClone",
] as const satisfies (keyof typeof globalThis)[];

const { folder, remove } = await prepare();
try {
  for (const [target, conditions] of Object.entries(CONDITIONS)) {
    for (const [entry, use] of Object.entries(ENTRIES)) {
      const objections = await check(entry, use, conditions);
      console.log(`${objections.length > 0 ? "✗" : "✓"} ${entry} for ${target}`);
      for (const objection of objections) console.error(`  ${objection}`);
      if (objections.length > 0) process.exitCode = 1;
    }
  }
} finally {
  await remove();
}

async function prepare(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const consumer = await installPackedPackage();
  return { folder: consumer.folder, remove: () => consumer.remove() };
}

async function check(entry: string, use: string, conditions: string[]): Promise<string[]> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export * from "${entry}"`, resolveDir: folder },
    absWorkingDir: folder,
    bundle: true,
    conditions,
    external: ["node:*"],
    format: "iife",
    globalName: "entry",
    metafile: true,
    platform: "neutral",
    mainFields: ["browser", "module", "main"],
    target: "es2022",
    write: false,
  });
  const files = Object.keys(metafile.inputs).filter((name) => name !== "<stdin>");
  return [
    ...listImports(metafile),
    ...(await Promise.all(files.map((name) => findForeignGlobals(join(folder, name))))).flat(),
    ...tryAlone(outputFiles[0]?.text ?? "", use),
  ];
}

/** What is left to be imported, which should be nothing. */
function listImports({ outputs }: Metafile): string[] {
  return Object.values(outputs).flatMap(({ imports }) =>
    imports.map(({ path }) => `imports ${path}`),
  );
}

async function findForeignGlobals(file: string): Promise<string[]> {
  const source = ts.createSourceFile(
    file,
    await readFile(file, "utf8"),
    ts.ScriptTarget.ES2022,
    true,
  );
  const packageName = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? "";
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isNameOfMember(node)) found.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return NOT_OF_THE_WEB.filter((name) => found.has(name))
    .filter((name) => !ALLOWED[packageName]?.includes(name))
    .map((name) => `${relative(folder, file)} speaks of ${name}`);
}

function isNameOfMember({ parent, ...node }: ts.Identifier): boolean {
  return (
    (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) &&
    parent.name.pos === node.pos
  );
}

/** Loads and uses an entry where there is nothing but the language and the web. */
function tryAlone(code: string, use: string): string[] {
  const globals = Object.fromEntries(WEB_GLOBALS.map((name) => [name, globalThis[name]]));
  try {
    runInContext(`${code};\nentry.${use}`, createContext(globals));
    return [];
  } catch (error) {
    return [
      `fails among the web's globals: ${error instanceof Error ? error.message : String(error)}`,
    ];
  }
}
