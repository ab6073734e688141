import type { JSONPath } from "jsonc-parser";
import { CommandError } from "../command-error.js";
import { printable } from "../output/printable.js";

/** The text of a file, and its name in messages. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** A mistake in a file. */
export interface Problem {
  /** The offset in the text, in UTF-16 code units. */
  readonly offset: number;
  /** The path of the value; empty for the whole file. */
  readonly path: JSONPath;
  /** What is wrong. It quotes nothing from the file except known names. */
  readonly message: string;
}

/** More would scroll off the screen, and most mistakes follow from the first. */
const MAX_SHOWN = 10;

/**
 * The error for an unusable file. Each line of the message is a problem with its place, such as
 * `linq-webhooks.json:7:15: prune: must be true or false`. It quotes no value of the file, because a
 * value may be a secret.
 */
export class ConfigError extends CommandError {
  constructor(problems: readonly string[]) {
    super("config", problems.map(printable).join("\n"));
  }
}

ConfigError.prototype.name = "ConfigError";

/** Makes one error of all problems of a file, sorted from top to bottom. */
export function toConfigError(source: Source, problems: readonly Problem[]): ConfigError {
  const sorted = problems.toSorted((a, b) => a.offset - b.offset);
  const lines = [...new Set(sorted.map((problem) => describe(source, problem)))];
  const rest = lines.length - MAX_SHOWN;
  const shown = lines.slice(0, MAX_SHOWN);
  return new ConfigError(rest > 0 ? [...shown, `${source.name}: and ${rest} more`] : shown);
}

/** Formats the line and column of an offset, such as `linq-webhooks.json:7:15`. */
export function placeOf({ name, text }: Source, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  const column = (before.at(-1)?.length ?? 0) + 1;
  return `${name}:${before.length}:${column}`;
}

function describe(source: Source, { offset, path, message }: Problem): string {
  const place = placeOf(source, offset);
  return [place, ...(path.length > 0 ? [showPath(path)] : []), message].join(": ");
}

/** Formats a path as in JavaScript: `subscriptions[1].events[0]`. */
function showPath(path: JSONPath): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
}
