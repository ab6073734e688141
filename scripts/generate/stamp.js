// @ts-check
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/*
 * Plain JavaScript, because it runs before anything is compiled: if nothing has changed, a run only
 * has to read the files.
 */

const PACKAGE_ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The tools whose versions generated/ depends on, in addition to spec/ and this folder. */
const TOOLS = [
  ...["@redocly/openapi-core", "ajv", "ajv-formats", "esbuild", "jsonc-parser"],
  ...["jsonpath-rfc9535", "mdast-util-from-markdown", "openapi-typescript", "prettier"],
  ...["typescript", "yaml"],
];

/** The file in generated/ that records the hash of its inputs. */
export const STAMP = "stamp.json";

/**
 * The hash of all inputs of generated/: spec/, the code of the generator and the versions of its tools.
 *
 * @param {[string, Uint8Array][]} spec - the files of spec/ by name.
 * @returns {string}
 */
export function hashInputs(spec) {
  const hash = createHash("sha256");
  const code = readFiles(join(PACKAGE_ROOT, "scripts/generate"));
  for (const [name, bytes] of [...spec, ...code]) hash.update(`${name}\0`).update(bytes);
  for (const name of ["scripts/generate.js", "prettier.config.js"]) {
    hash.update(`${name}\0`).update(readFileSync(join(PACKAGE_ROOT, name)));
  }
  for (const tool of TOOLS) hash.update(`${tool}\0${versionOf(tool)}\0`);
  return hash.digest("hex");
}

/**
 * The hash of the files of generated/, without the stamp.
 *
 * @param {Iterable<[string, string | Uint8Array]>} files
 * @returns {string}
 */
export function hashOutputs(files) {
  const hash = createHash("sha256");
  const rest = [...files].filter(([name]) => name !== STAMP).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, content] of rest) hash.update(`${name}\0`).update(content).update("\0");
  return hash.digest("hex");
}

/**
 * The files of spec/ under `root` by name, such as `spec/pages/a.md`.
 *
 * @param {string} root
 * @returns {[string, Uint8Array][]}
 */
export function readSpecFiles(root) {
  return readFiles(join(root, "spec")).map(([name, bytes]) => [`spec/${name}`, bytes]);
}

/**
 * All files under a folder, as pairs of name and bytes, ordered by name. Throws if one is a symbolic
 * link, because a commit stores only the path that the link points to.
 *
 * @param {string} folder
 * @returns {[string, Uint8Array][]}
 */
export function readFiles(folder) {
  /** @type {[string, Uint8Array][]} */
  const files = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = `${entry.parentPath}/${entry.name}`;
    const name = path.slice(folder.length + 1).replaceAll("\\", "/");
    if (entry.isDirectory() || !isSource(name)) continue;
    if (!entry.isFile()) {
      throw new Error(`${path} must be a regular file: replace it with the file itself.`);
    }
    files.push([name, readFileSync(path)]);
  }
  return files.sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * Whether a file is an input. Hidden files and backups are not: editors and systems leave them.
 *
 * @param {string} name
 * @returns {boolean}
 */
export function isSource(name) {
  return !name.split(/[\\/]/).some((part) => part.startsWith(".")) && !name.endsWith("~");
}

/**
 * The version of a package that is installed in this folder or in one above it.
 *
 * @param {string} tool
 * @returns {string}
 */
function versionOf(tool) {
  for (let folder = PACKAGE_ROOT; ; folder = dirname(folder)) {
    const manifest = join(folder, "node_modules", tool, "package.json");
    if (existsSync(manifest)) return String(readMembers(manifest)["version"]);
    if (folder === dirname(folder)) throw new Error(`${tool} is not installed: run npm ci.`);
  }
}

/**
 * The members of the object in a JSON file; empty if the file holds another value.
 *
 * @param {string} path
 * @returns {Record<string, unknown>}
 */
export function readMembers(path) {
  /** @type {unknown} */
  const value = JSON.parse(readFileSync(path, "utf8"));
  return typeof value === "object" && value !== null ? { ...value } : {};
}
