import { readFileSync } from "node:fs";
import { packagePath } from "./package-path.js";

/** Returns the version of this package. */
export function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(packagePath("package.json"), "utf8"));
  return (manifest as { version: string }).version; // Every package has one.
}
