import type { Io } from "../io.js";

/** An empty variable is how many shells and CI systems say that there is none. */
export function readVariable(env: Io["env"], name: string): string | undefined {
  const value = env[name]?.trim();
  return value === "" ? undefined : value;
}
