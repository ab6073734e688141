import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { installPinned } from "../support/install-pinned.js";

const FOLDER = fileURLToPath(new URL("./pinned", import.meta.url));

const runFile = promisify(execFile);

/** The time limit in ms, which only ends programs that hang. */
const LIMIT = 300_000;

/** Runs a runtime with some arguments, and returns its output. */
export type Start = (...args: string[]) => Promise<string>;

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

const { dependencies, optionalDependencies } = JSON.parse(
  readFileSync(join(FOLDER, "package.json"), "utf8"),
) as Manifest; // Ours.

/** The version of a package that is pinned, such as `deno` or `node-20-linux-x64`. */
export function pinnedVersion(name: string): string {
  const range = dependencies[name] ?? optionalDependencies[name];
  if (range === undefined) throw new Error(`${name} is not pinned in ${FOLDER}`);
  return range.replace(/^npm:.*@/, "");
}

/**
 * Finds the program of a runtime that comes from npm.
 *
 * @param path - where it is in `node_modules` on this machine.
 * @throws {Error} when npm has none for this machine.
 */
export async function findPinned(path: string, version: string): Promise<Start> {
  const program = join(await installPinned(FOLDER), path);
  if (!existsSync(program)) {
    const machine = `${process.platform} on ${process.arch}`;
    throw new Error(`npm has no program of version ${version} for ${machine} (${path})`);
  }
  const start: Start = async (...args) =>
    (await runFile(program, args, { timeout: LIMIT, maxBuffer: 2 ** 26 })).stdout;
  const printed = await start("--version");
  if (!includesVersion(printed, version)) {
    throw new Error(`${path} is not version ${version}, it says ${printed.trim()}`);
  }
  return start;
}

/** Workerd prints its version as a date. */
function includesVersion(printed: string, version: string): boolean {
  const [, year, month, day] = /^1\.(\d{4})(\d\d)(\d\d)\.\d+$/.exec(version) ?? [];
  return printed.includes(version) || printed.includes(`${year}-${month}-${day}`);
}
