/** Checks what users get: holds the packed tarball against publint and are-the-types-wrong. */
import { execFileSync } from "node:child_process";
import { packPackage } from "../test/support/pack-package.js";

const tarball = await packPackage();
try {
  run("npx", "publint", "run", tarball, "--strict");
  // ESM only: that CommonJS cannot `require` it everywhere is known and meant.
  run("npx", "attw", tarball, "--profile", "esm-only");
} catch {
  // What the tool found has been printed by the tool.
  process.exitCode = 1;
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: "inherit" });
}
