import { resolve } from "node:path";
import { type Config, parseConfig } from "./parse-config.js";
import { ConfigError } from "./config-error.js";
import { readText } from "../input/read-text.js";

/** The file that is read unless another one is named. */
export const CONFIG_FILE = "linq-webhooks.json";

const EXAMPLE =
  '{ "subscriptions": [{ "webhook_url": "https://example.com/hook", "events": ["message.received"] }] }';

/** Where to read from, and what to let through. */
export interface ReadConfigOptions {
  /** The path of the file, seen from `cwd`. */
  readonly file: string;
  readonly cwd: string;
  readonly allowUnknownEvents: boolean;
}

/**
 * Reads and checks the file; its secrets are left where they are.
 *
 * @throws {ConfigError} when there is none, or what stands in it is not usable.
 */
export async function readConfig(options: ReadConfigOptions): Promise<Config> {
  const { file, cwd, allowUnknownEvents } = options;
  const { text, failure, code } = await readText(resolve(cwd, file));
  if (failure === undefined) return parseConfig({ name: file, text }, allowUnknownEvents);
  const hint = code === "ENOENT" ? `; begin with ${EXAMPLE}, or name another with --file` : "";
  throw new ConfigError([`${file}: ${failure}${hint}`]);
}
