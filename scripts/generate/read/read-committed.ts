import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { isSource } from "../stamp.js";
import type { RawFile } from "./read-folder.js";

const execute = promisify(execFile);

/** More than all pages of a reference together, in bytes. */
const MAX_OUTPUT = 256 * 1024 * 1024;

/** The files of spec/ in the last commit, or the reason why there are none. */
export async function readCommitted(root: string): Promise<RawFile[] | string> {
  try {
    const listed = await git(root, ["ls-tree", "-r", "-z", "--name-only", "HEAD", "--", "spec/"]);
    const names = listed.toString().split("\0").filter(isFile);
    if (names.length === 0) return "spec/ is in no commit yet";
    const wanted = names.map((name) => `HEAD:./${name}\n`).join("");
    return splitBatch(await git(root, ["cat-file", "--batch"], wanted), names);
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return isMissing ? "there is no git on this machine" : "there is no commit here";
  }
}

async function git(root: string, args: string[], input = ""): Promise<Buffer> {
  const run = execute("git", args, { cwd: root, encoding: "buffer", maxBuffer: MAX_OUTPUT });
  // A git that ends before it has read anything says why by its exit code.
  run.child.stdin?.on("error", () => undefined).end(input);
  return (await run).stdout;
}

/** Each object comes as a line with its size at the end, its bytes, and a line break. */
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
