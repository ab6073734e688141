import { type Config, parseConfig } from "../../../src/cli/config/parse-config.js";
import { CommandError } from "../../../src/cli/command-error.js";

const FILE = "linq-webhooks.json";

/** Parses the text of a file that is called linq-webhooks.json. */
export function parse(text: string, allowUnknownEvents = false): Config {
  return parseConfig({ name: FILE, text }, allowUnknownEvents);
}

/** The problems of a file, without its name; none if it has none. */
export function problemsOf(text: string, allowUnknownEvents = false): string[] {
  try {
    parse(text, allowUnknownEvents);
    return [];
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return error.message.split("\n").map((line) => line.replace(`${FILE}:`, ""));
  }
}
