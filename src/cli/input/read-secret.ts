import { resolve } from "node:path";
import { checkSecret } from "../../checks/check-secret.js";
import { InvalidInputError } from "../../errors/invalid-input-error.js";
import type { CommandContext, OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";
import type { Io } from "../io.js";
import { readSecretFile } from "./read-secret-file.js";

/** The options that name the source of a secret. No option takes the secret itself. */
export const SECRET_OPTIONS = {
  "secret-env": {
    type: "string",
    value: "<name>",
    summary: "sign with the secret in this environment variable",
  },
  "secret-file": { type: "string", value: "<path>", summary: "sign with the secret in this file" },
} as const satisfies OptionSpecs;

/** The source of a secret, from the options. */
export interface SecretSource {
  /** The common start of both options, for errors: `--secret` for `--secret-env` and `--secret-file`. */
  readonly option: string;
  /** The name of an environment variable. */
  readonly name: string | undefined;
  /** The path of a file. */
  readonly path: string | undefined;
}

/**
 * Reads the secret that the options refer to, if any, and redacts it in all later output.
 *
 * @throws {CommandError} that repeats neither the name nor the path, because either may be the secret
 * itself in the wrong place.
 */
export async function readSecret(
  context: CommandContext<typeof SECRET_OPTIONS>,
): Promise<string | undefined> {
  const { "secret-env": name, "secret-file": path } = context.options;
  return readSecretFrom(context, { option: "--secret", name, path });
}

/** Does the same as {@link readSecret} for options with other names. */
export async function readSecretFrom(
  { io, hide }: Pick<CommandContext, "io" | "hide">,
  source: SecretSource,
): Promise<string | undefined> {
  const { option, name, path } = source;
  if (name !== undefined && path !== undefined) {
    throw new CommandError(
      "usage",
      `${option}-env and ${option}-file cannot be combined: leave one out`,
    );
  }
  const found = await findSecret(source, io);
  if (!found) return undefined;
  hide(found.value);
  try {
    return checkSecret("secret", found.value);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const expected = found.value === "" ? "not be empty" : `be ${error.expected}`;
    throw new CommandError("secret", `${found.place} must ${expected}`);
  }
}

async function findSecret(
  { option, name, path }: SecretSource,
  io: Io,
): Promise<{ value: string; place: string } | undefined> {
  if (name !== undefined) {
    const value = io.env[name];
    if (value !== undefined) return { value, place: `the variable that ${option}-env names` };
    throw new CommandError("secret", `the variable that ${option}-env names is not set: export it`);
  }
  if (path === undefined) return undefined;
  const { text, failure } = await readSecretFile(resolve(io.cwd, path));
  if (failure !== undefined) {
    throw new CommandError(
      "secret",
      `${option}-file must name a file with the secret, but ${failure}`,
    );
  }
  return { value: text, place: `the file that ${option}-file names` };
}
