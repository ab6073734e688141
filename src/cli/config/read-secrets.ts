import { dirname, resolve } from "node:path";
import { checkSecret } from "../../checks/check-secret.js";
import { InvalidInputError } from "../../errors/invalid-input-error.js";
import type { Problem } from "./config-error.js";
import type { Config, SecretReference } from "./parse-config.js";
import { readSecretFile } from "../input/read-secret-file.js";

/** Where secrets come from. */
export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** What came of reading the secrets of a file, by the index of the entry. */
export interface Secrets {
  readonly values: ReadonlyMap<number, string>;
  /** Why those cannot be had or used that are in no place of the other map. */
  readonly problems: ReadonlyMap<number, Problem>;
}

/** Reads the secrets that the entries refer to. It never fails: not every secret may be needed. */
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
  // Neither the name nor the path is repeated: somebody may have put the secret itself there.
  if (name !== undefined) {
    const value = env[name];
    if (value === undefined) return { objection: "this environment variable is not set" };
    return check(value, "this environment variable");
  }
  const { text, failure } = await readSecretFile(resolve(folder, file));
  if (failure !== undefined) return { objection: `the secret is to be in a file, but ${failure}` };
  return check(text, "this file");
}

function check(value: string, what: string): ReadSecret {
  if (value === "") return { objection: `${what} is empty, but must hold the secret` };
  try {
    return { value: checkSecret("secret", value) };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { objection: `the secret in ${what} must be ${error.expected}` };
  }
}
