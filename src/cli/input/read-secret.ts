import { resolve } from "node:path";
import { checkSecret } from "../../checks/check-secret.js";
import { InvalidInputError } from "../../errors/invalid-input-error.js";
import type { CommandContext, OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";
import type { Io } from "../io.js";
import { readSecretFile } from "./read-secret-file.js";

/** Where a secret comes from; there is no option for the secret itself. */
export const SECRET_OPTIONS = {
  "secret-env": {
    type: "string",
    value: "<name>",
    summary: "sign with the secret in this environment variable",
  },
  "secret-file": { type: "string", value: "<path>", summary: "sign with the secret in this file" },
} as const satisfies OptionSpecs;

/** Where a secret comes from, as options have said it. */
export interface SecretSource {
  /** What both options begin with, for errors: `--secret` for `--secret-env` and `--secret-file`. */
  readonly option: string;
  /** The name of an environment variable. */
  readonly name: string | undefined;
  /** The path of a file. */
  readonly path: string | undefined;
}

/**
 * Reads the secret that the options point at, if any, and hides it from then on.
 *
 * @throws {CommandError} that repeats neither the name nor the path: either may be the secret itself,
 * given the wrong way.
 */
export async function readSecret(
  context: CommandContext<typeof SECRET_OPTIONS>,
): Promise<string | undefined> {
  const { "secret-env": name, "secret-file": path } = context.options;
  return readSecretFrom(context, { option: "--secret", name, path });
}

/** The same for options of other names. */
export async function readSecretFrom(
  { io, hide }: Pick<CommandContext, "io" | "hide">,
  source: SecretSource,
): Promise<string | undefined> {
  const { option, name, path } = source;
  if (name !== undefined && path !== undefined) {
    throw new CommandError("usage", `${option}-env and ${option}-file exclude each other`);
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
