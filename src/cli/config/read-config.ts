import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { type Config, parseConfig } from "./parse-config.js";
import { ConfigError } from "./config-error.js";
import type { Variables } from "./fill-variables.js";
import { readText } from "../input/read-text.js";

/** The default file to write. */
export const CONFIG_FILE = "linq-webhooks.json";

/** The default files to read, of which only one may exist. */
const CONFIG_FILES = [CONFIG_FILE, "linq-webhooks.jsonc"];

const EXAMPLE =
  '{ "subscriptions": [{ "webhook_url": "https://example.com/hook", "events": ["message.received"] }] }';

const HINT = `; start with ${EXAMPLE}, name another file with --file, or run \`linq-webhooks pull\` to write one from the account`;

/** Which file to read, and how. */
export interface ReadConfigOptions {
  /** The path of the file, relative to `cwd`; by default the existing default file. */
  readonly file?: string | undefined;
  readonly cwd: string;
  /** The values for `${NAME}` in URLs. */
  readonly env: Variables;
  readonly allowUnknownEvents: boolean;
}

/**
 * Reads and checks the file. It does not read the secrets.
 *
 * @throws {ConfigError} when the file does not exist or is not valid.
 */
export async function readConfig(options: ReadConfigOptions): Promise<Config> {
  const { cwd, env, allowUnknownEvents } = options;
  const file = options.file ?? (await findConfigFile(cwd));
  const { text, failure, code } = await readText(resolve(cwd, file));
  if (failure === undefined) return parseConfig({ name: file, text }, allowUnknownEvents, env);
  throw new ConfigError([`${file}: ${failure}${code === "ENOENT" ? HINT : ""}`]);
}

/**
 * Finds the existing default file. If neither exists, it returns the first name.
 *
 * @throws {ConfigError} when both exist, because one would be ignored silently.
 */
export async function findConfigFile(cwd: string): Promise<string> {
  const found: string[] = [];
  for (const name of CONFIG_FILES) {
    if (await stat(resolve(cwd, name)).catch(() => undefined)) found.push(name);
  }
  if (found.length < 2) return found[0] ?? CONFIG_FILE;
  throw new ConfigError([
    `both ${found.join(" and ")} exist; delete one of them, or name one with --file`,
  ]);
}
