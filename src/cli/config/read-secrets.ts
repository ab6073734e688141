import { dirname, resolve } from "node:path";
import { checkSecret } from "../../checks/check-secret.js";
import { InvalidInputError } from "../../errors/invalid-input-error.js";
import type { Problem } from "./config-error.js";
import type { Config, SecretReference } from "./parse-config.js";
import { readSecretFile } from "../input/read-secret-file.js";

/** The sources of secrets. */
export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** The secrets of a file, by the index of the entry. */
export interface Secrets {
  readonly values: ReadonlyMap<number, string>;
  /** The reason for each secret that cannot be read or used. */
  readonly problems: ReadonlyMap<number, Problem>;
}

/** Reads the secrets that the entries refer to. It never throws, because a plan may not need every secret. */
export async function readSecrets(
  { subscriptions, source, locate }: Config,
  { env, cwd }: SecretSources,
): Promise<Secrets> {
  const folder = dirname(resolve(cwd, source.name));
  const values = new Map<number, string>();
  const problems = new Map<number, Problem>();
  for (const [index, { secret: reference }] of subscriptions.entries()) {
    if (!reference) continue;
    const { value, objection } = await readSecret(reference, env, folder);
    if (objection === undefined) {
      values.set(index, value);
    } else {
      const kind = reference.env === undefined ? "file" : "env";
      const place = locate(["subscriptions", index, "secret", kind]);
      problems.set(index, { ...place, message: objection });
    }
  }
  return { values, problems };
}

type ReadSecret =
  | { readonly value: string; readonly objection?: undefined }
  | { readonly objection: string; readonly value?: undefined };

async function readSecret(
  { env: name, file }: SecretReference,
  env: SecretSources["env"],
  folder: string,
): Promise<ReadSecret> {
  // The message repeats neither the name nor the path, because either may be the secret itself.
  if (name !== undefined) {
    const value = env[name];
    if (value === undefined)
      return { objection: "this environment variable is not set; set it to the secret" };
    return check(value, "this environment variable");
  }
  const { text, failure } = await readSecretFile(resolve(folder, file));
  if (failure !== undefined)
    return { objection: `this must name a file with the secret, but ${failure}` };
  return check(text, "this file");
}

function check(value: string, what: string): ReadSecret {
  if (value === "") return { objection: `${what} must contain the secret, but is empty` };
  try {
    return { value: checkSecret("secret", value) };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { objection: `the secret in ${what} must be ${error.expected}` };
  }
}
