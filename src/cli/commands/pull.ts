import { access } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { type CommandContext, defineCommand } from "../command.js";
import { CommandError } from "../command-error.js";
import { describeFolding } from "../config/describe-folding.js";
import { fold, type LeftOut } from "../config/fold.js";
import { type NamedEntry, nameVariables } from "../config/name-variables.js";
import { CONFIG_FILE, findConfigFile } from "../config/read-config.js";
import { renderConfig } from "../config/render-config.js";
import { API_OPTIONS, EVENTS_OPTION } from "../input/connect.js";
import { printable } from "../output/printable.js";
import { EXISTS, writeText } from "../output/write-text.js";
import { checkAgreement } from "./check-agreement.js";
import { FILE_OPTION, readAccount } from "./prepare-plan.js";

const OPTIONS = {
  ...FILE_OPTION,
  stdout: { type: "boolean", summary: "print the file instead of writing it" },
  force: { type: "boolean", summary: "replace an existing file" },
  check: {
    type: "boolean",
    summary: "write nothing, and print whether the file and the account agree",
  },
  ...EVENTS_OPTION,
  ...API_OPTIONS,
} as const;

/** Writes the file of subscriptions from the account. */
export const pull = defineCommand({
  positionals: [],
  options: OPTIONS,
  examples: ["pull", "pull --stdout", "pull --file staging.json --force", "pull --check"],
  notes: [
    "It folds all subscriptions of a URL into one entry, and notes that in a comment; `linq-webhooks plan` then shows only the changes from folding. Secrets, and keys in URLs, become environment variables with names that you may change.",
    "Exit codes: 0 written or in agreement, 2 `--check` found a difference, 1 error.",
  ],
  run: async (context) => {
    const { io, options, print, printJson } = context;
    checkFlags(options);
    if (options.check) return checkAgreement(context);
    const file = options.file ?? (options.stdout ? CONFIG_FILE : await findConfigFile(io.cwd));
    if (!options.stdout && !options.force) await refuseExisting(context, file);
    const { actual } = await readAccount(context, true);
    const { entries, left } = takeWhatMayBeSeen(context, fold(actual));
    const text = renderConfig({ schema: findSchema(io.cwd, file), entries, left });
    if (!options.stdout) await write(context, file, text);

    if (options.json) {
      printJson({ ...(options.stdout ? { text } : { file }), ...toDocument(entries, left) });
    } else if (options.stdout) {
      io.stdout.write(text);
    } else {
      print(context.style("good", `Wrote ${file}: ${describeCounts(actual.length, entries)}.`));
      describeContent(context, entries, left).forEach(print);
    }
    return 0;
  },
});

type Context = CommandContext<typeof OPTIONS>;

function checkFlags({ check, stdout, force }: Context["options"]): void {
  if (check && (stdout || force)) {
    throw new CommandError(
      "usage",
      "--check writes nothing, so it cannot be combined with --stdout or --force: leave them out",
    );
  }
  if (stdout && force)
    throw new CommandError("usage", "--stdout and --force cannot be combined: leave one out");
}

async function refuseExisting({ io }: Context, file: string): Promise<void> {
  const isThere = await access(resolve(io.cwd, file)).then(
    () => true,
    () => false,
  );
  if (isThere) throw toExisting(file);
}

function toExisting(file: string): CommandError {
  return new CommandError(
    "exists",
    `${printable(file)} exists already, and was not changed; --force replaces it, --stdout prints instead, --check compares`,
  );
}

async function write({ io, options }: Context, file: string, text: string): Promise<void> {
  const failure = await writeText(resolve(io.cwd, file), text, { replaces: options.force });
  if (failure === undefined) return;
  if (failure === EXISTS) throw toExisting(file);
  throw new CommandError("write", `${printable(file)} was not written: ${failure}`);
}

/** Leaves out entries with the token, or with a key that no variable can replace. */
function takeWhatMayBeSeen(
  { redact }: Context,
  { entries, left }: ReturnType<typeof fold>,
): { entries: NamedEntry[]; left: LeftOut[] } {
  const isClean = ({ url, entry }: NamedEntry): boolean =>
    [url, ...entry.events, JSON.stringify(entry.settings)].every((text) => redact(text) === text);
  const named = nameVariables(entries);
  const reason = "it contains a secret in a place where no variable can replace it";
  const hidden = named.filter((entry) => !isClean(entry));
  return {
    entries: named.filter(isClean),
    left: [
      ...left,
      ...hidden.flatMap(({ entry: { kept, folded, inactive } }) =>
        [kept, ...folded, ...inactive].map(({ id }) => ({ id, reason })),
      ),
    ],
  };
}

/** The path of the schema relative to the file, for a package installed in the working directory. */
function findSchema(cwd: string, file: string): string {
  const schema = resolve(cwd, "node_modules/linq-webhooks/generated/linq-webhooks.schema.json");
  const path = relative(dirname(resolve(cwd, file)), schema)
    .split(sep)
    .join("/");
  return path.startsWith(".") ? path : `./${path}`;
}

function describeCounts(count: number, { length }: readonly NamedEntry[]): string {
  const urls = `${length} ${length === 1 ? "URL" : "URLs"}`;
  return `${count} webhook ${count === 1 ? "subscription" : "subscriptions"}, ${urls}`;
}

function describeContent(
  { redact }: Context,
  entries: readonly NamedEntry[],
  left: readonly LeftOut[],
): string[] {
  const clean = (text: string): string => printable(redact(text));
  const folding = entries.flatMap(({ entry, url }) =>
    describeFolding(entry).map((sentence) => `${clean(url)}: ${sentence}`),
  );
  const secrets = entries.flatMap(({ secret }) => secret ?? []);
  const keys = entries.flatMap(({ urlVariables }) => urlVariables);
  return [
    ...folding,
    ...left.map(({ id, reason }) => `Webhook subscription ${id} is not in the file: ${reason}.`),
    ...(secrets.length > 0
      ? [`Set these variables for the secrets before you apply: ${secrets.join(", ")}.`]
      : []),
    ...(keys.length > 0
      ? [`Set these variables for the keys in URLs before you plan: ${keys.join(", ")}.`]
      : []),
    ...(folding.length > 0 ? ["`linq-webhooks plan` shows the changes from folding."] : []),
  ];
}

function toDocument(entries: readonly NamedEntry[], left: readonly LeftOut[]): object {
  return {
    entries: entries.map(({ entry, url, urlVariables, secret }) => ({
      webhook_url: url,
      kept: entry.kept.id,
      folded: entry.folded.map(({ id }) => id),
      inactive: entry.inactive.map(({ id }) => id),
      secret: secret ?? null,
      url_variables: urlVariables,
    })),
    left,
  };
}
