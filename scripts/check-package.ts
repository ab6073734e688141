/** Packs the tarball that users install, and checks it with publint and are-the-types-wrong. */
import { execFileSync } from "node:child_process";
import { packPackage } from "../test/support/pack-package.js";

const tarball = await packPackage();
try {
  run("npx", "publint", "run", tarball, "--strict");
  run("npx", "attw", tarball);
} catch {
  // The tool has already printed its findings.
  process.exitCode = 1;
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: "inherit" });
}
