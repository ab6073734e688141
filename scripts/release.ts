import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

/*
 * `npm run release -- 0.2.0 [--dry-run]` makes the commit and the tag of a release. It does not publish
 * anything: .github/workflows/release.yml publishes when the tag is pushed.
 */

const CHANGELOG = "CHANGELOG.md";
const UNRELEASED = "## Unreleased\n";

/** @throws {Error} with a message that says what to do; the files are then unchanged. */
export function release(root: string, argv: string[], print: (line: string) => void): void {
  const { version, isDryRun } = readArguments(argv);
  const run = (command: string, ...args: string[]): string =>
    execFileSync(command, args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const tag = `v${version}`;
  if (run("git", "status", "--porcelain") !== "") {
    throw new Error("There are uncommitted changes: commit or stash them.");
  }
  if (run("git", "tag", "--list", tag) !== "") {
    throw new Error(`The tag ${tag} already exists: choose another version.`);
  }
  const texts = renew(root, version, new Date().toISOString().slice(0, 10));

  try {
    print(`1. Setting the version to ${version} in package.json, README.md and ${CHANGELOG}.`);
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(root, name), text);
    run("npm", "version", version, "--no-git-tag-version", "--allow-same-version");
    print("2. Running the checks: npm run check, npm test");
    run("npm", "run", "check");
    run("npm", "test");
    print("3. The package to publish:");
    const packed = ["pack", "--ignore-scripts", "--dry-run", "--json"];
    for (const { filename, entryCount, size } of readPacked(run("npm", ...packed))) {
      print(`   ${filename}: ${entryCount} files, ${Math.ceil(size / 1024)} KiB`);
    }
  } catch (error) {
    run("git", "checkout", "--", ".");
    throw new Error(`Nothing was released, and all files were restored: ${lastLines(error)}`, {
      cause: error,
    });
  }
  if (isDryRun) {
    run("git", "checkout", "--", ".");
    print(
      `This was a dry run: without --dry-run, it would now make the commit and the tag ${tag}.`,
    );
    return;
  }
  run("git", "commit", "--all", "--message", `chore(release): ${version}`);
  run("git", "tag", "--annotate", tag, "--message", tag);
  print(`4. Committed and tagged. To publish: git push --follow-tags`);
}

interface Arguments {
  readonly version: string;
  readonly isDryRun: boolean;
}

function readArguments(args: string[]): Arguments {
  const options = { "dry-run": { type: "boolean" } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [version = "", ...rest] = positionals;
  if (!/^\d+\.\d+\.\d+(-[\da-z.-]+)?$/.test(version) || rest.length > 0) {
    throw new Error("Expected one version: npm run release -- 0.2.0 [--dry-run]");
  }
  return { version, isDryRun: values["dry-run"] === true };
}

/** The new texts of the files that contain the version. */
function renew(root: string, version: string, date: string): Record<string, string> {
  const read = (name: string): string => readFileSync(join(root, name), "utf8");
  const readme = read("README.md");
  return {
    [CHANGELOG]: closeUnreleased(read(CHANGELOG), version, date),
    "README.md": readme.replace(/linq-webhooks-\d[^\s`"]*?\.tgz/g, `linq-webhooks-${version}.tgz`),
  };
}

/** Moves the unreleased changes under a heading with the version and date. */
export function closeUnreleased(changelog: string, version: string, date: string): string {
  const [before, after] = changelog.split(UNRELEASED);
  if (before === undefined || after === undefined) {
    throw new Error(`${CHANGELOG} must have one heading "${UNRELEASED.trim()}": add it.`);
  }
  const [changes = ""] = after.split(/^## /m);
  if (changes.trim() === "") {
    throw new Error(`${CHANGELOG} has no changes under "${UNRELEASED.trim()}": describe them.`);
  }
  return `${before}${UNRELEASED}\n## ${version} - ${date}\n${after}`;
}

interface Packed {
  readonly filename: string;
  readonly entryCount: number;
  readonly size: number;
}

function readPacked(json: string): Packed[] {
  // npm prints an array of these.
  return JSON.parse(json) as Packed[];
}

/** The last lines of a command's output, or else the message of the error. */
function lastLines(error: unknown): string {
  const { stdout = "", stderr = "", message } = error as Error & Partial<Record<string, string>>;
  const said = `${stdout}\n${stderr}`.trim();
  return said === "" ? message : said.split("\n").slice(-20).join("\n");
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    release(process.cwd(), process.argv.slice(2), console.log);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
