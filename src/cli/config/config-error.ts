import type { JSONPath } from "jsonc-parser";
import { CommandError } from "../command-error.js";
import { printable } from "../output/printable.js";

/** The text of a file, and what messages call the file. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** Something in a file that is not as it must be. */
export interface Problem {
  /** Where in the text. */
  readonly offset: number;
  /** Which value or object it is about; empty for the file as a whole. */
  readonly path: JSONPath;
  /** What is wrong. It quotes nothing of the file but words that everybody knows. */
  readonly message: string;
}

/** More would scroll away; most of them go with the first. */
const MAX_SHOWN = 10;

/**
 * The file cannot be used. Each line of the message is a problem with its place, such as
 * `linq-webhooks.json:7:15: prune: must be true or false`. Nothing of what stands in the file is
 * quoted, since it may be a secret.
 */
export class ConfigError extends CommandError {
  constructor(problems: readonly string[]) {
    super("config", problems.map(printable).join("\n"));
  }
}

ConfigError.prototype.name = "ConfigError";

/** Says what is wrong with a file, and where, from top to bottom. */
export function toConfigError(source: Source, problems: readonly Problem[]): ConfigError {
  const sorted = problems.toSorted((a, b) => a.offset - b.offset);
  const lines = [...new Set(sorted.map((problem) => describe(source, problem)))];
  const rest = lines.length - MAX_SHOWN;
  const shown = lines.slice(0, MAX_SHOWN);
  return new ConfigError(rest > 0 ? [...shown, `${source.name}: and ${rest} more`] : shown);
}

/** Line and column of a place in a file, such as `linq-webhooks.json:7:15`. */
export function placeOf({ name, text }: Source, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  const column = (before.at(-1)?.length ?? 0) + 1;
  return `${name}:${before.length}:${column}`;
}

function describe(source: Source, { offset, path, message }: Problem): string {
  const place = placeOf(source, offset);
  return [place, ...(path.length > 0 ? [showPath(path)] : []), message].join(": ");
}

/** As in JavaScript: `subscriptions[1].events[0]`. */
function showPath(path: JSONPath): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
}
