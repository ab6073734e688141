import type { Io } from "../io.js";

/** Reads an environment variable. An empty one counts as unset, as many shells and CI systems mean it. */
export function readVariable(env: Io["env"], name: string): string | undefined {
  const value = env[name]?.trim();
  return value === "" ? undefined : value;
}
