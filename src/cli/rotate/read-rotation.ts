import { keysOf } from "../../checks/mask-urls.js";
import type { CommandContext, OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";
import { readSecretFrom } from "../input/read-secret.js";
import { readTimeout } from "../input/read-timeout.js";
import { readUrl } from "../input/read-url.js";
import type { GivenSecret, SecretRole } from "./probe-receiver.js";

/** The options of a rotation. */
export const ROTATION_OPTIONS = {
  url: { type: "string", value: "<url>", summary: "the URL whose secret changes; required" },
  "new-secret-env": {
    type: "string",
    value: "<name>",
    summary: "the environment variable with the new secret",
  },
  "new-secret-file": {
    type: "string",
    value: "<path>",
    summary: "the file with the new secret",
  },
  "old-secret-env": {
    type: "string",
    value: "<name>",
    summary: "check that the receiver still accepts the secret in this variable",
  },
  "old-secret-file": {
    type: "string",
    value: "<path>",
    summary: "check that the receiver still accepts the secret in this file",
  },
  timeout: {
    type: "string",
    value: "<seconds>",
    summary: "how long to wait for the receiver (default: 10, like Linq)",
  },
} as const satisfies OptionSpecs;

/** The checked options of a rotation. */
export interface Rotation {
  readonly url: string;
  /** The new secret, and the old one if it was given. */
  readonly secrets: readonly [GivenSecret, ...GivenSecret[]];
  /** In ms. */
  readonly timeout: number;
}

type Context = CommandContext<typeof ROTATION_OPTIONS>;

/**
 * Reads the options of a rotation, and redacts their secrets in all later output.
 *
 * @throws {CommandError} for a missing or invalid option.
 */
export async function readRotation(context: Context): Promise<Rotation> {
  const { options, hide } = context;
  if (options.url === undefined) throw new CommandError("usage", "--url is missing: --url=<url>");
  const url = readUrl(options.url);
  // A receiver may echo the keys.
  for (const key of keysOf(url)) hide(key);
  const timeout = readTimeout(options.timeout ?? "10");
  const [next, old] = [await readRole(context, "new"), await readRole(context, "old")];
  if (next === undefined) {
    throw new CommandError("usage", "--new-secret-env is missing: --new-secret-env=<name>");
  }
  if (next === old) throw new CommandError("secret", "the new secret must differ from the old one");
  const given: GivenSecret = { role: "new", secret: next };
  return {
    url,
    secrets: old === undefined ? [given] : [given, { role: "old", secret: old }],
    timeout,
  };
}

function readRole({ io, hide, options }: Context, role: SecretRole): Promise<string | undefined> {
  const [name, path] = [`${role}-secret-env`, `${role}-secret-file`] as const;
  const source = { option: `--${role}-secret`, name: options[name], path: options[path] };
  return readSecretFrom({ io, hide }, source);
}
