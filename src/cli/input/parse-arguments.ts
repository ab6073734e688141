import { parseArgs } from "node:util";
import { nearest } from "../../checks/nearest.js";
import type { OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";

/** What a command line may hold. */
export interface ArgumentSpecs {
  /** What to call it in errors, such as `linq-webhooks get`. */
  readonly name: string;
  readonly options: OptionSpecs;
  readonly positionals: readonly string[];
  /** What may follow them. */
  readonly optionalPositionals?: readonly string[] | undefined;
}

/** Options by name, each of the type that its declaration asks for. */
type GivenOptions = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** What a command line held. */
export interface ParsedArguments {
  readonly options: GivenOptions;
  readonly positionals: readonly string[];
}

/** Options that people know from elsewhere, whose value would be a token or a secret. */
export const SECRET_OPTION =
  /^(t|p|k|.*(token|secret|pass|passwd|password|api-?key|auth|bearer).*)$/i;

/**
 * Reads the arguments of a command. What it objects to is never repeated, since it may be a secret.
 *
 * @throws {CommandError} that names an option or a positional argument only as it is declared.
 */
export function parseArguments(args: readonly string[], specs: ArgumentSpecs): ParsedArguments {
  const { options, name } = specs;
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...options },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, (string | true)[]>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    if (!Object.hasOwn(options, token.name)) throw objectToOption(token.name, specs);
    const values = given.get(token.name) ?? [];
    values.push(readValue(token, specs));
    given.set(token.name, values);
  }
  const positionals = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
  if (given.has("help")) return { options: fill(options, given, name), positionals };
  checkPositionals(positionals, specs);
  return { options: fill(options, given, name), positionals };
}

function objectToOption(option: string, { options, name }: ArgumentSpecs): CommandError {
  if (SECRET_OPTION.test(option)) {
    return usage(
      "tokens and secrets are not taken as arguments, where the shell's history and other users can see them: set LINQ_INTEGRATION_TOKEN or use --token-stdin, and --secret-env or --secret-file for a secret",
    );
  }
  // Short names are near to everything.
  const hint = option.length > 2 ? nearest(option, Object.keys(options), 2) : undefined;
  const advice = hint === undefined ? "" : `; did you mean --${hint}?`;
  return usage(`there is an unknown option${advice} (${name} --help lists them)`);
}

/** The part of `parseArgs`' tokens for options that is used here. */
interface OptionToken {
  readonly name: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function readValue({ name, value, inlineValue }: OptionToken, { options }: ArgumentSpecs) {
  if (options[name]?.type === "boolean") {
    if (value !== undefined) throw usage(`--${name} takes no value`);
    return true;
  }
  const isOption = value?.startsWith("-") === true && inlineValue !== true;
  if (value === undefined || value === "" || isOption) {
    throw usage(`--${name} needs a value: --${name}=${options[name]?.value ?? "<value>"}`);
  }
  return value;
}

function fill(
  specs: OptionSpecs,
  given: ReadonlyMap<string, readonly (string | true)[]>,
  command: string,
): GivenOptions {
  const values = Object.entries(specs).map(([name, { type, multiple = false }]) => {
    const all = given.get(name) ?? [];
    if (type === "boolean") return [name, all.length > 0];
    if (multiple) return [name, all];
    if (all.length > 1) throw usage(`--${name} is given more than once (${command} takes one)`);
    return [name, all[0]];
  });
  return Object.fromEntries(values) as GivenOptions; // Object.fromEntries forgets what is in a pair.
}

function checkPositionals(given: readonly string[], specs: ArgumentSpecs): void {
  const { name, positionals, optionalPositionals = [] } = specs;
  const missing = positionals[given.length];
  if (missing !== undefined) throw usage(`${name} needs <${missing}> (${name} --help)`);
  const known = [...positionals, ...optionalPositionals];
  if (given.length <= known.length) return;
  const wanted = known.map((positional) => `<${positional}>`).join(" ");
  throw usage(
    `there are too many arguments: ${name} takes ${wanted === "" ? "options only" : `only ${wanted}`} (${name} --help)`,
  );
}

function usage(message: string): CommandError {
  return new CommandError("usage", message);
}
