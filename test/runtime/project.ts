import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Consumer, installPackedPackage } from "../support/packed-package.js";

/** Programs that run the suite on the packed package, as a user who has installed it would. */
export interface Project {
  readonly folder: string;
  /**
   * A program of modules. It resolves the package as any program does, takes the address of the server
   * as its argument, and prints the results as JSON.
   */
  readonly program: string;
  /** The same program, in which neither the package nor the suite may touch `Buffer` and `process`. */
  readonly bareProgram: string;
  /**
   * Bundles code with the package as bundlers do that know these conditions. The suite is
   * `./suite.mjs`.
   */
  readonly bundle: (code: string, conditions: readonly string[]) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** Loads all entries for the suite. */
export const IMPORTS = `
import * as client from "linq-webhooks";
import * as receiver from "linq-webhooks/receiver";
import * as sandbox from "linq-webhooks/sandbox";
import * as sync from "linq-webhooks/sync";
import { runSuite } from "./suite.mjs";
const entries = { client, receiver, sandbox, sync };
`;

const PROGRAM = `
import { run } from "./run.mjs";
console.log(JSON.stringify(await run(process.argv[2])));
`;

/**
 * Removes `Buffer` and `process` for all code but the runtime itself: Node's own `fetch` needs
 * them, and so do some modules of Bun while they load.
 */
const BARE_PROGRAM = `
import "node:crypto";
import "node:http";
const [, , server] = process.argv;
for (const name of ["Buffer", "process"]) {
  const value = globalThis[name];
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get() {
      const [, , caller = ""] = new Error().stack.split("\\n");
      return /\\b(node|ext|internal):/.test(caller) ? value : undefined;
    },
  });
  if (globalThis[name] !== undefined) throw new Error(name + " is still there");
}
const { run } = await import("./run.mjs");
console.log(JSON.stringify(await run(server)));
`;

export async function createProject(): Promise<Project> {
  const consumer = await installPackedPackage();
  const { folder } = consumer;
  await bundleSuite(folder);
  await consumer.write(
    "run.mjs",
    `${IMPORTS}\nexport const run = (server) => runSuite(entries, { server });`,
  );
  await consumer.write("program.mjs", PROGRAM);
  await consumer.write("bare.mjs", BARE_PROGRAM);
  return {
    folder,
    program: join(folder, "program.mjs"),
    bareProgram: join(folder, "bare.mjs"),
    remove: () => consumer.remove(),
    bundle: (code, conditions) => bundleCode(consumer, code, conditions),
  };
}

async function bundleSuite(folder: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL("./suite.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    outfile: join(folder, "suite.mjs"),
  });
}

async function bundleCode(
  { folder }: Consumer,
  code: string,
  conditions: readonly string[],
): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: folder },
    bundle: true,
    format: "esm",
    platform: "browser",
    conditions: [...conditions],
    target: "es2022",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
