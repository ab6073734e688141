import type { Redact } from "../checks/redact.js";
import type { Lines } from "./input/lines.js";
import type { Io } from "./io.js";
import type { Style } from "./output/style.js";

/** What a value is one of, which is what shells complete it with. */
export type ValueKind =
  | "event"
  /** One or several, separated by commas. */
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
      /** A letter that stands for it after one dash. */
      readonly short?: string;
      /** Whether it can be given several times. */
      readonly multiple?: boolean;
      /** What stands for its value in the help, such as `<url>`. */
      readonly value?: string;
      /** What shells complete its value with; a `<path>` is one anyway. */
      readonly completes?: ValueKind;
      readonly summary: string;
    }
  >
>;

/** Not exported by itself: the declarations of commands hold it spelled out. */
type OptionSpec = OptionSpecs[string];

/** What every command takes. */
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

/** What was given; flags that were not are false, and lists empty. */
type OptionValues<Specs extends OptionSpecs> = {
  readonly [Name in keyof Specs]: OptionValue<Specs[Name]>;
};

/** What a command works with. */
export interface CommandContext<Specs extends OptionSpecs = OptionSpecs> {
  /** The world; what goes out through it has known secrets hidden. */
  readonly io: Io;
  readonly options: OptionValues<Specs & typeof COMMON_OPTIONS>;
  /** As many as the command declares; those that are optional may be missing. */
  readonly positionals: readonly string[];
  /** The lines of standard input. */
  readonly lines: Lines;
  /** Keeps a value from being seen from now on. */
  readonly hide: (value: string) => void;
  readonly redact: Redact;
  /** Prints a line for people. */
  readonly print: (line: string) => void;
  /** Prints `{ "version": 1, ... }` in one line for programs. */
  readonly printJson: (document: object) => void;
  /** Colours of standard output. */
  readonly style: Style;
}

/** A command, apart from its name and summary, which `commands.ts` has. */
export interface Command<Specs extends OptionSpecs = OptionSpecs> {
  /** Names of its positional arguments, all of them required, such as `["id"]`. */
  readonly positionals: readonly string[];
  /** Names of those that may follow, such as `["plan"]`. */
  readonly optionalPositionals?: readonly string[];
  readonly options: Specs;
  /** What follows `linq-webhooks ` in an example; at least one. */
  readonly examples: readonly [string, ...string[]];
  /** More to know, for the end of the help. */
  readonly notes?: readonly string[];
  /** @returns the exit code. */
  run(context: CommandContext<Specs>): Promise<number>;
}

/** Declares a command; what its options give follows from their declaration. */
export function defineCommand<const Specs extends OptionSpecs>(command: Command<Specs>): Command {
  return command;
}
