// @ts-check
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/*
 * Running git takes 8 ms, a tenth of a run with nothing to do. A commit never changes, so git's answer
 * is cached for that commit and those inputs.
 */

/** Holds the commit and the hash of the inputs for which git last reported no difference. */
const MEMORY = fileURLToPath(
  new URL("../../node_modules/.cache/linq-webhooks/committed", import.meta.url),
);

/**
 * Whether spec/ is the same as in the last commit.
 *
 * @param {string} root
 * @param {string} inputs - the hash of the inputs of generated/.
 * @returns {Promise<boolean>}
 */
export async function isCommitted(root, inputs) {
  const commit = readHead(root);
  const known = `${commit} ${inputs}`;
  if (commit !== undefined && readText(MEMORY) === known) return true;
  if (!(await askGit(root))) return false;
  if (commit !== undefined) remember(known);
  return true;
}

/**
 * The commit that is checked out, if two files are enough to find it. They are not in a linked
 * worktree, or where git has packed the ref of the branch.
 *
 * @param {string} root
 * @returns {string | undefined}
 */
function readHead(root) {
  const head = readText(join(root, ".git/HEAD"))?.trim();
  return head?.startsWith("ref: ")
    ? readText(join(root, ".git", head.slice("ref: ".length)))?.trim()
    : head;
}

/**
 * @param {string} root
 * @returns {Promise<boolean>}
 */
async function askGit(root) {
  const { execFile } = await import("node:child_process");
  const args = ["status", "--porcelain", "-uall", "--ignored", "--", "spec"];
  return new Promise((resolve) => {
    execFile("git", args, { cwd: root }, (error, stdout) => {
      resolve(error === null && stdout === "");
    });
  });
}

/** @param {string} known */
function remember(known) {
  try {
    mkdirSync(dirname(MEMORY), { recursive: true });
    writeFileSync(MEMORY, known);
  } catch {
    // The cache is read-only: the next run asks git again.
  }
}

/**
 * @param {string} path
 * @returns {string | undefined}
 */
function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
