import type { Redact } from "../checks/redact.js";
import type { Lines } from "./input/lines.js";
import type { Io } from "./io.js";
import type { Style } from "./output/style.js";

/** The kind of a value, which decides what shells complete it with. */
export type ValueKind =
  | "event"
  /** One or more, separated by commas. */
  | "events"
  | "fault"
  | "id"
  | "path"
  | "shell"
  | "switch";

/** The options of a command, by their names without dashes. */
export type OptionSpecs = Readonly<
  Record<
    string,
    {
      readonly type: "string" | "boolean";
      /** The letter of its short form, without the dash. */
      readonly short?: string;
      /** Whether it can be given several times. */
      readonly multiple?: boolean;
      /** The placeholder for its value in the help, such as `<url>`. */
      readonly value?: string;
      /** What shells complete its value with; a `<path>` is always completed with paths. */
      readonly completes?: ValueKind;
      readonly summary: string;
    }
  >
>;

/** Not exported: the declarations of commands contain its expansion. */
type OptionSpec = OptionSpecs[string];

/** The options of every command. */
export const COMMON_OPTIONS = {
  json: { type: "boolean", summary: "print JSON, also for errors" },
  "no-color": { type: "boolean", summary: "print no colours" },
  debug: { type: "boolean", summary: "show the stack of an error" },
  help: { type: "boolean", short: "h", summary: "show this help" },
} as const satisfies OptionSpecs;

type OptionValue<Spec extends OptionSpec> = Spec["type"] extends "boolean"
  ? boolean
  : Spec extends { readonly multiple: true }
    ? readonly string[]
    : string | undefined;

/** The given options; a missing flag is false, and a missing list is empty. */
type OptionValues<Specs extends OptionSpecs> = {
  readonly [Name in keyof Specs]: OptionValue<Specs[Name]>;
};

/** Everything that a command works with. */
export interface CommandContext<Specs extends OptionSpecs = OptionSpecs> {
  /** The streams, environment, clock and network; its output has known secrets redacted. */
  readonly io: Io;
  readonly options: OptionValues<Specs & typeof COMMON_OPTIONS>;
  /** As many as the command declares; optional ones may be missing. */
  readonly positionals: readonly string[];
  /** The lines of standard input. */
  readonly lines: Lines;
  /** Redacts a value in all later output. */
  readonly hide: (value: string) => void;
  readonly redact: Redact;
  /** Prints a line for people. */
  readonly print: (line: string) => void;
  /** Prints `{ "version": 1, ... }` in one line for programs. */
  readonly printJson: (document: object) => void;
  /** Colours of standard output. */
  readonly style: Style;
}

/** A command without its name and summary, which are in `commands.ts`. */
export interface Command<Specs extends OptionSpecs = OptionSpecs> {
  /** Names of its required positional arguments, such as `["id"]`. */
  readonly positionals: readonly string[];
  /** Names of its optional positional arguments, which follow, such as `["plan"]`. */
  readonly optionalPositionals?: readonly string[];
  readonly options: Specs;
  /** Example command lines without the leading `linq-webhooks `. */
  readonly examples: readonly [string, ...string[]];
  /** Paragraphs for the end of the help. */
  readonly notes?: readonly string[];
  /** @returns the exit code. */
  run(context: CommandContext<Specs>): Promise<number>;
}

/** Declares a command; the types of its option values are inferred from the declaration. */
export function defineCommand<const Specs extends OptionSpecs>(command: Command<Specs>): Command {
  return command;
}
