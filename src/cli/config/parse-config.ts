import { findNodeAtLocation, getNodeValue, type JSONPath, type Node } from "jsonc-parser";
import { EVENT_NAMES } from "../../../generated/constants.js";
import { InvalidInputError } from "../../errors/invalid-input-error.js";
import { type DesiredSubscription, planSync } from "../../sync/index.js";
import { type Problem, type Source, toConfigError } from "./config-error.js";
import { fillVariables, type Variables } from "./fill-variables.js";
import { findProblems } from "./find-problems.js";
import { fingerprintOfConfig } from "./fingerprint-of-config.js";
import { parseJsonc } from "./parse-jsonc.js";

/** The environment variable or the file that holds the secret of an entry. */
export type SecretReference =
  | { readonly env: string; readonly file?: undefined }
  | { readonly file: string; readonly env?: undefined };

/** One entry of the file. */
export interface ConfigEntry extends Omit<DesiredSubscription<string>, "secret"> {
  readonly secret?: SecretReference;
}

/** The checked content of `linq-webhooks.json`. Its secrets are not checked. */
export interface Config {
  readonly subscriptions: readonly ConfigEntry[];
  readonly scope: readonly string[];
  readonly prune: boolean;
  /** A hash of the content, without the values of variables. */
  readonly fingerprint: string;
  /** Values of variables in URLs to redact. */
  readonly keys: readonly string[];
  /** Locates a value in the file, for later errors about it. */
  readonly locate: (path: JSONPath) => Pick<Problem, "path" | "offset">;
  readonly source: Source;
}

/** A placeholder for the secrets while everything else is checked. */
const SOME_SECRET = "not read yet";

/**
 * Parses and checks the text of a file.
 *
 * @param variables - the values for `${NAME}` in its URLs.
 * @throws {ConfigError} with each problem and its place.
 */
export function parseConfig(
  source: Source,
  allowUnknownEvents: boolean,
  variables: Variables = {},
): Config {
  const root = parseJsonc(source);
  const fingerprint = fingerprintOfConfig(getNodeValue(root));
  const filled = fillVariables(root, source.text, variables);
  const problems = [...filled.problems, ...findProblems(root, allowUnknownEvents)];
  if (problems.length > 0) throw toConfigError(source, problems);
  // The schema has been checked above.
  const { subscriptions, scope = [], prune = false } = getNodeValue(root) as ConfigFile;
  const locate = (path: JSONPath): Pick<Problem, "path" | "offset"> => find(root, path);
  const config = {
    subscriptions: subscriptions.map(nameEvents),
    ...{ scope, prune, fingerprint, keys: filled.keys, locate, source },
  };
  checkMeaning(config);
  return config;
}

/** The content of the file. */
interface ConfigFile extends Partial<Pick<Config, "scope" | "prune">> {
  readonly subscriptions: readonly FileEntry[];
}

type FileEntry = Omit<ConfigEntry, "events"> & { readonly events: readonly string[] | "all" };

function nameEvents({ events, ...rest }: FileEntry): ConfigEntry {
  return { ...rest, events: events === "all" ? EVENT_NAMES : events };
}

/** Adds the secrets to the entries. An entry for which `secretOf` returns undefined gets none. */
export function toDesired(
  { subscriptions }: Pick<Config, "subscriptions">,
  secretOf: (entry: ConfigEntry, index: number) => string | undefined,
): DesiredSubscription<string>[] {
  return subscriptions.map((entry, index) => {
    const { secret: reference, ...fields } = entry;
    const secret = reference && secretOf(entry, index);
    return secret === undefined ? fields : { ...fields, secret };
  });
}

/** {@link toDesired} with placeholders for secrets, for a plan that is only shown. */
export function toDraft(config: Pick<Config, "subscriptions">): DesiredSubscription<string>[] {
  return toDesired(config, ({ secret }) => secret && SOME_SECRET);
}

/** Checks rules that a schema cannot express, by planning against an empty list. */
function checkMeaning(config: Config): void {
  const { scope, prune, source } = config;
  try {
    const options = { scope, prune };
    // The names of events have been checked, unless unknown ones are allowed.
    planSync(toDraft(config), [], { ...options, allowUnknownEvents: true });
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const place = config.locate(toPath(error.field));
    const message = `must be ${error.expected.replaceAll("desired[", "subscriptions[")}`;
    throw toConfigError(source, [{ ...place, message }]);
  }
}

/** Converts the name of a field in an error to a path from the root of the file. */
function toPath(field: string): JSONPath {
  const steps = field.match(/\d+|\w+/g) ?? [];
  return steps.map((step) =>
    step === "desired" ? "subscriptions" : /^\d/.test(step) ? Number(step) : step,
  );
}

/** Finds the place of a value, or of the nearest parent if the value is missing. */
function find(root: Node, path: JSONPath): Pick<Problem, "path" | "offset"> {
  const node = findNodeAtLocation(root, path);
  if (node) return { path, offset: node.offset };
  return path.length === 0 ? { path, offset: root.offset } : find(root, path.slice(0, -1));
}
