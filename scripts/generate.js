// @ts-check
/** Runs `scripts/generate/command.ts`, or says at once that nothing has changed. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { hashInputs, hashOutputs, readFiles, readMembers, STAMP } from "./generate/stamp.js";

const unchanged = process.argv.length === 2 ? describeUnchanged(process.cwd()) : undefined;
if (unchanged !== undefined) {
  process.stdout.write(unchanged);
} else {
  const { register } = await import("tsx/esm/api");
  register();
  await import("./generate/command.js");
}

/**
 * What a run would print, if spec/ is what was committed and generated/ what was made of it.
 *
 * @param {string} root
 * @returns {string | undefined}
 */
function describeUnchanged(root) {
  const changes = spawnSync("git", ["status", "--porcelain", "-uall", "--", "spec"], { cwd: root });
  if (changes.status !== 0 || changes.stdout.length > 0) return undefined;
  try {
    const folder = join(root, "generated");
    const { inputs, outputs, summary } = readMembers(join(folder, STAMP));
    const isFresh = inputs === hashInputs(root) && outputs === hashOutputs(readFiles(folder));
    return isFresh ? String(summary) : undefined;
  } catch {
    // No stamp, or no folder yet.
    return undefined;
  }
}
