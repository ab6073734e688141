import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("./", import.meta.url));

/** Installs what we are measured against, in a folder of its own, unless it is there. */
export function installPeers(): void {
  if (existsSync(`${FOLDER}node_modules/.package-lock.json`)) return;
  execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: FOLDER, stdio: "inherit" });
}

/** Imports a peer by its name, which is found from here. What it exports is for the caller to know. */
export async function importPeer<Module>(name: string): Promise<Module> {
  return (await import(name)) as Module;
}

/** Which version of a peer is installed. */
export function versionOf(name: string): string {
  const text = readFileSync(`${FOLDER}node_modules/${name}/package.json`, "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
