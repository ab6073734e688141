/** Checks what users get: packs the tarball and holds it against publint and are-the-types-wrong. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "linq-webhooks-"));
try {
  run("npm", "pack", "--silent", "--pack-destination", folder);
  const tarball = join(folder, readdirSync(folder)[0] ?? "");
  run("npx", "publint", "run", tarball, "--strict");
  run("npx", "attw", tarball);
} catch {
  // What the tool found has been printed by the tool.
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: "inherit" });
}
