import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { isSource } from "../stamp.js";
import type { RawFile } from "./read-folder.js";

const execute = promisify(execFile);

/** In bytes; more than all pages of a reference together. */
const MAX_OUTPUT = 256 * 1024 * 1024;

/** The files of spec/ in the last commit, or the reason why there are none. */
export async function readCommitted(root: string): Promise<RawFile[] | string> {
  try {
    const listed = await git(root, ["ls-tree", "-r", "-z", "--name-only", "HEAD", "--", "spec/"]);
    const names = listed.toString().split("\0").filter(isFile);
    if (names.length === 0) return "spec/ has not been committed yet";
    const wanted = names.map((name) => `HEAD:./${name}\n`).join("");
    return splitBatch(await git(root, ["cat-file", "--batch"], wanted), names);
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return isMissing ? "git is not installed" : "this folder has no git commit";
  }
}

async function git(root: string, args: string[], input = ""): Promise<Buffer> {
  const run = execute("git", args, { cwd: root, encoding: "buffer", maxBuffer: MAX_OUTPUT });
  // If git exits before it reads its input, its exit code gives the reason.
  run.child.stdin?.on("error", () => undefined).end(input);
  return (await run).stdout;
}

/** Git writes each object as a line that ends with the size, then the bytes and a line break. */
function splitBatch(output: Buffer, names: string[]): RawFile[] {
  let offset = 0;
  return names.map((name) => {
    const end = output.indexOf("\n", offset);
    const size = Number(output.toString("utf8", offset, end).split(" ").at(-1));
    const bytes = output.subarray(end + 1, end + 1 + size);
    offset = end + 1 + size + 1;
    return { name, bytes };
  });
}

function isFile(name: string): boolean {
  return name !== "" && isSource(name);
}
