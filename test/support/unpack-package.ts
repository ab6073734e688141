import { execFile } from "node:child_process";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { packPackage } from "./pack-package.js";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** The dependencies of the library; the command line needs more. */
const NEEDED = ["openapi-fetch", "openapi-typescript-helpers"];

const runFile = promisify(execFile);

/** Packs the package, and unpacks it into the `node_modules` of a folder. */
export async function unpackPackage(folder: string): Promise<void> {
  const modules = join(folder, "node_modules");
  const installed = join(modules, "linq-webhooks");
  await mkdir(installed, { recursive: true });
  await runFile("tar", ["-xzf", await packPackage(), "-C", installed, "--strip-components=1"]);
  for (const name of NEEDED) {
    await cp(join(REPOSITORY, "node_modules", name), join(modules, name), { recursive: true });
  }
}
