import { readFileSync } from "node:fs";

/** The shells for which there is a script, each of which asks the program, and so is never out of date. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

/** One of them. */
export type Shell = (typeof SHELLS)[number];

export function isShell(name: string): name is Shell {
  return SHELLS.some((shell) => shell === name);
}

/** The script of a shell. It is read where it stands, whether this runs from `src/` or `dist/`. */
export function readScript(shell: Shell): string {
  const name = `linq-webhooks.${shell}`;
  try {
    return readFileSync(new URL(name, import.meta.url), "utf8");
  } catch {
    return readFileSync(new URL(`../../../../src/cli/completion/${name}`, import.meta.url), "utf8");
  }
}
