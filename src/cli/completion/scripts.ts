import { readFileSync } from "node:fs";
import { packagePath } from "../package-path.js";

/** The shells for which there is a script, each of which asks the program, and so is never out of date. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

/** One of them. */
export type Shell = (typeof SHELLS)[number];

export function isShell(name: string): name is Shell {
  return SHELLS.some((shell) => shell === name);
}

/** The script of a shell. */
export function readScript(shell: Shell): string {
  return readFileSync(packagePath(`src/cli/completion/linq-webhooks.${shell}`), "utf8");
}
