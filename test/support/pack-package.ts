import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const CACHE = join(REPOSITORY, "node_modules", ".cache", "linq-webhooks", "packed");

/** All that the tarball is made from. */
const SOURCES = [
  "package.json",
  "README.md",
  "llms.txt",
  "LICENSE",
  "tsconfig.json",
  "tsconfig.build.json",
  "generated",
  "src",
  "scripts/build.ts",
  "scripts/build",
  "scripts/bundle-page.ts",
];

const runFile = promisify(execFile);

/**
 * Builds and packs the package in a folder of its own, so that tests that do it at the same time do
 * not meet in `dist/`. As long as nothing of it changes, it is packed once.
 *
 * @returns the path of the tarball.
 */
export async function packPackage(): Promise<string> {
  const tarball = join(CACHE, `${await hashSources()}.tgz`);
  if (existsSync(tarball)) return tarball;
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), "linq-webhooks-pack-"));
  try {
    for (const name of SOURCES) {
      await cp(join(REPOSITORY, name), join(folder, name), { recursive: true });
    }
    await symlink(join(REPOSITORY, "node_modules"), join(folder, "node_modules"), "dir");
    // Beside its place, since only there it can be moved in one step.
    const beside = await mkdtemp(join(CACHE, "new-"));
    await runFile("npm", ["pack", "--foreground-scripts", "--pack-destination", beside], {
      cwd: folder,
    }).catch((error: unknown) => {
      // What the compiler has found is in its output, which a failed run hands over with the error.
      const { stdout } = error as { stdout: string };
      throw new Error(`The package cannot be built:\n${stdout}`, { cause: error });
    });
    const [packed = ""] = await readdir(beside);
    await rename(join(beside, packed), tarball);
    await rm(beside, { recursive: true });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return tarball;
}

async function hashSources(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    for (const file of await listFiles(source)) {
      hash.update(`${file}\n`).update(await readFile(join(REPOSITORY, file)));
    }
  }
  return hash.digest("hex").slice(0, 16);
}

async function listFiles(source: string): Promise<string[]> {
  if (/\.\w+$|^LICENSE$/.test(source)) return [source];
  const entries = await readdir(join(REPOSITORY, source), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(REPOSITORY.length))
    .sort();
}
