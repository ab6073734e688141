import { parseArgs } from "node:util";
import { nearest } from "../../checks/nearest.js";
import type { OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";

/** The arguments that a command accepts. */
export interface ArgumentSpecs {
  /** The name of the command in errors, such as `linq-webhooks get`. */
  readonly name: string;
  readonly options: OptionSpecs;
  readonly positionals: readonly string[];
  /** The optional ones after them. */
  readonly optionalPositionals?: readonly string[] | undefined;
}

/** Options by name, each with the type of its declaration. */
type GivenOptions = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** The parsed arguments. */
export interface ParsedArguments {
  readonly options: GivenOptions;
  readonly positionals: readonly string[];
}

/** Options of other tools whose value would be a token or a secret. */
export const SECRET_OPTION =
  /^(t|p|k|.*(token|secret|pass|passwd|password|api-?key|auth|bearer).*)$/i;

/**
 * Parses the arguments of a command. An error never repeats a wrong argument, which may be a secret.
 *
 * @throws {CommandError} that names only declared options and positional arguments.
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
      "tokens and secrets cannot be arguments, because the shell's history and other users can see them: set LINQ_INTEGRATION_TOKEN or use --token-stdin, and --secret-env or --secret-file for a secret",
    );
  }
  // A short name is close to every option.
  const hint = option.length > 2 ? nearest(option, Object.keys(options), 2) : undefined;
  const advice = hint === undefined ? "" : `; did you mean --${hint}?`;
  return usage(`unknown option${advice} (${name} --help lists all options)`);
}

/** The used fields of `parseArgs`' option tokens. */
interface OptionToken {
  readonly name: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function readValue({ name, value, inlineValue }: OptionToken, { options }: ArgumentSpecs) {
  if (options[name]?.type === "boolean") {
    if (value !== undefined) throw usage(`--${name} takes no value: give --${name} alone`);
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
    if (all.length > 1)
      throw usage(
        `--${name} is given more than once, and ${command} takes one: leave the others out`,
      );
    return [name, all[0]];
  });
  return Object.fromEntries(values) as GivenOptions; // Object.fromEntries loses the type of the pairs.
}

function checkPositionals(given: readonly string[], specs: ArgumentSpecs): void {
  const { name, positionals, optionalPositionals = [] } = specs;
  const missing = positionals[given.length];
  if (missing !== undefined) throw usage(`${name} needs <${missing}> (${name} --help)`);
  const known = [...positionals, ...optionalPositionals];
  if (given.length <= known.length) return;
  const wanted = known.map((positional) => `<${positional}>`).join(" ");
  throw usage(
    `too many arguments: ${name} takes ${wanted === "" ? "options only" : `only ${wanted}`} (${name} --help)`,
  );
}

function usage(message: string): CommandError {
  return new CommandError("usage", message);
}
