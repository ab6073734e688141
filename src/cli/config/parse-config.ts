import { findNodeAtLocation, getNodeValue, type JSONPath, type Node } from "jsonc-parser";
import { EVENT_NAMES } from "../../../generated/constants.js";
import { InvalidInputError } from "../../errors/invalid-input-error.js";
import { type DesiredSubscription, planSync } from "../../sync/index.js";
import { type Problem, type Source, toConfigError } from "./config-error.js";
import { fillVariables, type Variables } from "./fill-variables.js";
import { findProblems } from "./find-problems.js";
import { fingerprintOfConfig } from "./fingerprint-of-config.js";
import { parseJsonc } from "./parse-jsonc.js";

/** Where the secret of an entry is. */
export type SecretReference =
  | { readonly env: string; readonly file?: undefined }
  | { readonly file: string; readonly env?: undefined };

/** One entry of the file. */
export interface ConfigEntry extends Omit<DesiredSubscription<string>, "secret"> {
  readonly secret?: SecretReference;
}

/** What `linq-webhooks.json` declares; it has been checked, except for its secrets. */
export interface Config {
  readonly subscriptions: readonly ConfigEntry[];
  readonly scope: readonly string[];
  readonly prune: boolean;
  /** Stands for what the file says, without the values of the variables that it names. */
  readonly fingerprint: string;
  /** Values of variables in URLs that are to be seen nowhere. */
  readonly keys: readonly string[];
  /** Where something stands in the file, for what is found out about it later. */
  readonly locate: (path: JSONPath) => Pick<Problem, "path" | "offset">;
  readonly source: Source;
}

/** Stands for the secrets while everything else is checked. */
const SOME_SECRET = "not read yet";

/**
 * Parses and checks the text of a file.
 *
 * @param variables - what `${NAME}` in its URLs stands for.
 * @throws {ConfigError} that names each problem with its place.
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
  // As the schema demands, which has been checked.
  const { subscriptions, scope = [], prune = false } = getNodeValue(root) as ConfigFile;
  const locate = (path: JSONPath): Pick<Problem, "path" | "offset"> => find(root, path);
  const config = {
    subscriptions: subscriptions.map(nameEvents),
    ...{ scope, prune, fingerprint, keys: filled.keys, locate, source },
  };
  checkMeaning(config);
  return config;
}

/** What stands in the file. */
interface ConfigFile extends Partial<Pick<Config, "scope" | "prune">> {
  readonly subscriptions: readonly FileEntry[];
}

type FileEntry = Omit<ConfigEntry, "events"> & { readonly events: readonly string[] | "all" };

function nameEvents({ events, ...rest }: FileEntry): ConfigEntry {
  return { ...rest, events: events === "all" ? EVENT_NAMES : events };
}

/** The entries with their secrets in place; those of which the function gives none go without. */
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

/** {@link toDesired} for a plan that is only looked at. */
export function toDraft(config: Pick<Config, "subscriptions">): DesiredSubscription<string>[] {
  return toDesired(config, ({ secret }) => secret && SOME_SECRET);
}

/** Checks what a schema cannot say: planning against nothing at all checks everything. */
function checkMeaning(config: Config): void {
  const { scope, prune, source } = config;
  try {
    const options = { scope, prune };
    // The names of events have been checked, unless any will do.
    planSync(toDraft(config), [], { ...options, allowUnknownEvents: true });
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const place = config.locate(toPath(error.field));
    const message = `must be ${error.expected.replaceAll("desired[", "subscriptions[")}`;
    throw toConfigError(source, [{ ...place, message }]);
  }
}

/** The way that the name of a field describes, from the root of the file. */
function toPath(field: string): JSONPath {
  const steps = field.match(/\d+|\w+/g) ?? [];
  return steps.map((step) =>
    step === "desired" ? "subscriptions" : /^\d/.test(step) ? Number(step) : step,
  );
}

/** The place of a value, or of what would hold it. */
function find(root: Node, path: JSONPath): Pick<Problem, "path" | "offset"> {
  const node = findNodeAtLocation(root, path);
  if (node) return { path, offset: node.offset };
  return path.length === 0 ? { path, offset: root.offset } : find(root, path.slice(0, -1));
}
