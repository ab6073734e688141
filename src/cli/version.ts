import { readFileSync } from "node:fs";

/** The version of this package. It is read where it stands, whether this runs from `src/` or `dist/`. */
export function readVersion(): string {
  for (const path of ["../../../package.json", "../../package.json"]) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
      return (manifest as { version: string }).version; // Every package has one.
    } catch {
      // Not there, so it is at the other place.
    }
  }
  return "unknown";
}
