import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { createCompiler } from "./create-compiler.js";
import { REPOSITORY } from "./project.js";
import { VENDOR_PAGE } from "./vendor-project.js";

const COPIED = [
  "package.json",
  "tsconfig.json",
  "prettier.config.js",
  "spec",
  "generated",
  "src",
  "scripts",
  // Some of the scripts start or import these.
  "test/support/database-server.ts",
  "test/support/find-program.ts",
  "test/support/pack-package.ts",
  "test/page/fake-server.ts",
  "test/runtime/chromium/find-chromium.ts",
  "test/runtime/chromium/launch-chromium.ts",
];

const TSX = join("node_modules", "tsx", "dist", "cli.mjs");
const CLI = join("src", "cli", "bin.node.ts");

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of the repository, without its tests, in which somebody works as its maintainers do. */
export interface RepositoryCopy {
  /** Replaces a text everywhere in a file; the file must contain it. */
  readonly replace: (name: string, texts: readonly [from: string, to: string]) => void;
  readonly write: (name: string, text: string) => void;
  /** Runs `npm run generate -- --check`; returns its exit code. */
  readonly check: () => number | null;
  /** Runs `npm run generate`, compared with the page before all changes; returns what it prints. */
  readonly generate: () => string;
  /** Runs the compiler; returns the files in which it finds errors, in their order. */
  readonly compile: () => string[];
  /** Runs a program of the copy in a process of its own, with `linq-webhooks` and its entries as in an installation. */
  readonly run: (name: string, env: Readonly<Record<string, string>>) => Outcome;
  /** Runs `linq-webhooks`. */
  readonly linqWebhooks: (
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ) => Outcome;
  /** Serves the sandbox of the copy in a process of its own; returns its URL. */
  readonly serve: (...args: readonly string[]) => Promise<string>;
  /** Ends the processes that it has started, and deletes the copy. */
  readonly remove: () => void;
}

export function copyRepository(): RepositoryCopy {
  const folder = mkdtempSync(join(tmpdir(), "linq-webhooks-copy-"));
  for (const name of COPIED)
    cpSync(join(REPOSITORY, name), join(folder, name), { recursive: true });
  symlinkSync(join(REPOSITORY, "node_modules"), join(folder, "node_modules"), "dir");
  const children: ChildProcess[] = [];
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text);
  };
  const start = (command: string, args: readonly string[], env = {}): Outcome =>
    spawnSync(command, args, { cwd: folder, encoding: "utf8", env: { ...process.env, ...env } });
  return {
    write,
    replace: (name, [from, to]) => {
      const text = read(name);
      if (!text.includes(from)) throw new Error(`${name} does not have ${from}`);
      write(name, text.replaceAll(from, to));
    },
    check: () => start("npm", ["run", "generate", "--", "--check"]).status,
    generate: () => {
      const { status, stdout, stderr } = start("npm", [
        "run",
        "generate",
        "--",
        "--base",
        join(REPOSITORY, VENDOR_PAGE),
      ]);
      if (status !== 0) throw new Error(`npm run generate has failed: ${stderr}`);
      return stdout;
    },
    compile: createCompiler(folder),
    run: (name, env) => start(process.execPath, [TSX, name], env),
    linqWebhooks: (args, env) => start(process.execPath, [TSX, CLI, ...args], env),
    serve: async (...args) => {
      const child = spawn(process.execPath, [TSX, CLI, "sandbox", "--port=0", "--json", ...args], {
        cwd: folder,
        stdio: ["ignore", "pipe", "inherit"],
      });
      children.push(child);
      return findUrl(child.stdout);
    },
    remove: () => {
      for (const child of children) child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits for the first line of `linq-webhooks sandbox --json`. The rest is read, too: a closed output would end it. */
function findUrl(output: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    output.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const url = /"url":"([^"]+)"/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
    output.on("end", () => {
      reject(new Error(`the sandbox has ended without a URL: ${text}`));
    });
  });
}
