import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { type Config, parseConfig } from "./parse-config.js";
import { ConfigError } from "./config-error.js";
import type { Variables } from "./fill-variables.js";
import { readText } from "../input/read-text.js";

/** The file that is written unless another one is named. */
export const CONFIG_FILE = "linq-webhooks.json";

/** The files that are looked for unless one is named; there may be only one of them. */
const CONFIG_FILES = [CONFIG_FILE, "linq-webhooks.jsonc"];

const EXAMPLE =
  '{ "subscriptions": [{ "webhook_url": "https://example.com/hook", "events": ["message.received"] }] }';

const HINT = `; begin with ${EXAMPLE}, name another with --file, or let \`linq-webhooks pull\` write one of what there is`;

/** Where to read from, and what to let through. */
export interface ReadConfigOptions {
  /** The path of the file, seen from `cwd`; the one that is there unless given. */
  readonly file?: string | undefined;
  readonly cwd: string;
  /** What `${NAME}` in URLs stands for. */
  readonly env: Variables;
  readonly allowUnknownEvents: boolean;
}

/**
 * Reads and checks the file; its secrets are left where they are.
 *
 * @throws {ConfigError} when there is none, or what stands in it is not usable.
 */
export async function readConfig(options: ReadConfigOptions): Promise<Config> {
  const { cwd, env, allowUnknownEvents } = options;
  const file = options.file ?? (await findConfigFile(cwd));
  const { text, failure, code } = await readText(resolve(cwd, file));
  if (failure === undefined) return parseConfig({ name: file, text }, allowUnknownEvents, env);
  throw new ConfigError([`${file}: ${failure}${code === "ENOENT" ? HINT : ""}`]);
}

/**
 * The name of the file that is there; that of the first where none is.
 *
 * @throws {ConfigError} where there are both, of which one would be passed over in silence.
 */
export async function findConfigFile(cwd: string): Promise<string> {
  const found: string[] = [];
  for (const name of CONFIG_FILES) {
    if (await stat(resolve(cwd, name)).catch(() => undefined)) found.push(name);
  }
  if (found.length < 2) return found[0] ?? CONFIG_FILE;
  throw new ConfigError([
    `there are both ${found.join(" and ")}; delete one of them, or name one with --file`,
  ]);
}
