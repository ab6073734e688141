import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const runFile = promisify(execFile);

/** Where Debian keeps the programs of each version of Postgres, newest first. */
function debianFolders(): string[] {
  const root = "/usr/lib/postgresql";
  if (!existsSync(root)) return [];
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(root, version, "bin"));
}

function look(name: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), ...debianFolders()];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/**
 * Finds a program on this machine, and installs Debian's package of it where it is missing and that is
 * allowed.
 *
 * @returns its path, or undefined where there is none in the end.
 */
export async function findProgram(
  name: string,
  debianPackage: string,
): Promise<string | undefined> {
  const found = look(name);
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  console.log(`No ${name} found: installing ${debianPackage} with apt-get ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  // Others may be installing something at the same time.
  const options = ["-y", "-q", "-o", "DPkg::Lock::Timeout=300"];
  try {
    await runFile("apt-get", ["update", ...options], { env, maxBuffer: 2 ** 26 });
    await runFile("apt-get", ["install", ...options, "--no-install-recommends", debianPackage], {
      env,
      maxBuffer: 2 ** 26,
    });
  } catch (error) {
    console.log(String(error));
  }
  return look(name);
}
