import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Checks a commit of a repository out into a folder of its own, with the dependencies that are
 * installed in the repository, for as long as `use` takes; also where that fails.
 */
export async function withBaseTree<Result>(
  repository: string,
  ref: string,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const parent = mkdtempSync(join(tmpdir(), "linq-webhooks-base-"));
  const folder = join(parent, "base");
  const dependencies = join(folder, "node_modules");
  let isAdded = false;
  try {
    git(repository, "worktree", "add", "--quiet", "--detach", folder, ref);
    isAdded = true;
    symlinkSync(join(repository, "node_modules"), dependencies);
    return await use(folder);
  } finally {
    if (isAdded) {
      // The link alone: what it leads to belongs to the repository.
      unlinkSync(dependencies);
      git(repository, "worktree", "remove", "--force", folder);
    }
    rmSync(parent, { recursive: true, force: true });
  }
}

function git(cwd: string, ...args: string[]): void {
  execFileSync("git", args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
}
