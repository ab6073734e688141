/** The locations of the documentation, for everything that reads or writes it. */
import { readFileSync } from "node:fs";

/** The overview, with links to the manuals; a test limits it to 250 lines. */
export const README = "README.md";

/** The manual of each feature, in the order of llms.txt. */
export const MANUALS = [
  "src/subscriptions/README.md",
  "src/receiver/README.md",
  "src/stores/README.md",
  "src/sync/README.md",
  "src/cli/README.md",
  "src/sandbox/README.md",
  "scripts/bench/README.md",
] as const;

/** Every page whose links and programs are checked. */
export const PAGES = [README, ...MANUALS, "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"];

/** The URL of a file in the repository. */
export function toUrl(path: string): URL {
  return new URL(`../${path}`, import.meta.url);
}

/** The text of a page. */
export function readPage(path: string): string {
  return readFileSync(toUrl(path), "utf8");
}
