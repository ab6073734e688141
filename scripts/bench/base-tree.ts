import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Checks out a commit into a temporary folder, with the installed dependencies of the repository, and
 * runs `use`. Removes the folder afterwards, even if `use` fails.
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
      // Remove only the link: the folder that it points to belongs to the repository.
      unlinkSync(dependencies);
      git(repository, "worktree", "remove", "--force", folder);
    }
    rmSync(parent, { recursive: true, force: true });
  }
}

function git(cwd: string, ...args: string[]): void {
  execFileSync("git", args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
}
