import { readFileSync } from "node:fs";
import { packagePath } from "../package-path.js";

/** The shells with a completion script. A script calls the program, so it never goes out of date. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

/** The name of a shell with a completion script. */
export type Shell = (typeof SHELLS)[number];

export function isShell(name: string): name is Shell {
  return SHELLS.some((shell) => shell === name);
}

/** Returns the completion script of a shell. */
export function readScript(shell: Shell): string {
  return readFileSync(packagePath(`src/cli/completion/linq-webhooks.${shell}`), "utf8");
}
