/** Packs the tarball that users install, and checks it with publint and are-the-types-wrong. */
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
  // The tool has already printed its findings.
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: "inherit" });
}
