import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { unpackPackage } from "./unpack-package.js";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** What its users also have. */
const LINKED = [
  "@types/node",
  "undici-types",
  "typescript",
  "@hono/node-server",
  "@opentelemetry/api",
  "@opentelemetry/sdk-trace-node",
  "@remix-run/node-fetch-server",
  "bullmq",
  "express",
  "fastify",
  "hono",
  "ioredis",
  "pg",
  "pg-boss",
];

const runFile = promisify(execFile);

/** A folder of somebody who has installed the packed tarball. */
export interface Consumer {
  readonly folder: string;
  /** Writes a file into the folder. */
  write(name: string, text: string): Promise<void>;
  /** Runs a program with Node in the folder; rejects when it exits with another code than 0. */
  run(...args: string[]): Promise<{ stdout: string; stderr: string }>;
  remove(): Promise<void>;
}

/** Packs the package, and unpacks it where an installation would. */
export async function installPackedPackage(): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), "linq-webhooks-consumer-"));
  await unpackPackage(folder);
  for (const name of LINKED) {
    const link = join(folder, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(REPOSITORY, "node_modules", name), link, "dir");
  }
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  return {
    folder,
    write: (name, text) => writeFile(join(folder, name), text),
    run: (...args) => runFile(process.execPath, args, { cwd: folder }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
