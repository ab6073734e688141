import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("./", import.meta.url));

/** Installs the other libraries in a separate folder, unless they are already there. */
export function installPeers(): void {
  if (existsSync(`${FOLDER}node_modules/.package-lock.json`)) return;
  execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: FOLDER, stdio: "inherit" });
}

/** Imports a peer by name from that folder. The caller states the type of its exports. */
export async function importPeer<Module>(name: string): Promise<Module> {
  return (await import(name)) as Module;
}

/** The installed version of a peer. */
export function versionOf(name: string): string {
  const text = readFileSync(`${FOLDER}node_modules/${name}/package.json`, "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
