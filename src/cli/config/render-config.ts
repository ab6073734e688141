import { EVENT_NAMES } from "../../../generated/constants.js";
import { toPrintableJson } from "../output/printable.js";
import { describeFolding } from "./describe-folding.js";
import type { LeftOut } from "./fold.js";
import type { NamedEntry } from "./name-variables.js";

/** The content of a file to write. */
export interface ConfigContent {
  /** The path of the schema relative to the file, for editors. */
  readonly schema: string;
  readonly entries: readonly NamedEntry[];
  readonly left: readonly LeftOut[];
}

/** The maximum line width, in characters, of most JSON formatters. */
const WIDTH = 80;

const SCOPE = `Subscriptions that this file does not declare are not changed. With "prune": true and a scope, \`linq-webhooks apply\` deletes undeclared subscriptions in the scope. These are the current hosts:`;
const SECRETS =
  "The API never returns a secret: before you apply a change, set each variable to the secret of its receiver. `linq-webhooks plan` needs no secrets.";
const KEYS =
  "Some URLs contain keys, which do not belong in a file: set each variable to its key, also for `linq-webhooks plan`.";
const UNKNOWN =
  "This version does not know all of these events, so `plan` and `apply` need --allow-unknown-events.";

/** Renders a file that declares the entries, as JSON with comments. */
export function renderConfig({ schema, entries, left }: ConfigContent): string {
  const hasKeys = entries.some(({ urlVariables }) => urlVariables.length > 0);
  const hasSecrets = entries.some(({ secret }) => secret !== undefined);
  const notes = [
    ...(hasSecrets ? [SECRETS] : []),
    ...(hasKeys ? [KEYS] : []),
    ...left.map(({ id, reason }) => `Webhook subscription ${id} is not in this file: ${reason}.`),
  ];
  const lines = [
    "{",
    `  "$schema": ${toPrintableJson(schema)},`,
    ...(entries.length > 0 ? ["", ...renderScope(entries)] : []),
    ...(entries.length + notes.length > 0 ? [""] : []),
    ...notes.flatMap((note) => comment("  ", note)),
    ...(entries.length === 0
      ? ['  "subscriptions": []']
      : ['  "subscriptions": [', ...entries.flatMap(renderEntry), "  ]"]),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function renderScope(entries: readonly NamedEntry[]): string[] {
  const origins = new Set(entries.map(({ entry }) => `${new URL(entry.webhook_url).origin}/`));
  const scope = renderList("  ", "scope", [...origins]);
  return [...comment("  ", SCOPE), ...scope.map((line) => line.replace(/^ {2}/, "  // "))];
}

function renderEntry(
  { entry, url, secret }: NamedEntry,
  index: number,
  { length }: readonly unknown[],
): string[] {
  const { events, active, version, settings } = entry;
  const known: readonly string[] = EVENT_NAMES;
  const notes = [
    ...describeFolding(entry),
    ...(events.every((event) => known.includes(event)) ? [] : [UNKNOWN]),
  ];
  const members = [
    [`      "webhook_url": ${toPrintableJson(url)}`],
    renderList("      ", "events", events, ""),
    ...(active ? [] : [['      "active": false']]),
    ...(version === 2 ? [] : [[`      "version": ${version}`]]),
    ...Object.entries(settings).map(([field, value]) => [
      `      ${JSON.stringify(field)}: ${toPrintableJson(value)}`,
    ]),
    ...(secret === undefined ? [] : [[`      "secret": { "env": ${JSON.stringify(secret)} }`]]),
  ];
  return [
    "    {",
    ...notes.flatMap((note) => comment("      ", note)),
    ...members
      .map((lines) => lines.join("\n"))
      .join(",\n")
      .split("\n"),
    index < length - 1 ? "    }," : "    }",
  ];
}

/** Renders a list of strings on one line, or one per line. */
function renderList(indent: string, name: string, texts: readonly string[], end = ","): string[] {
  const items = texts.map(toPrintableJson);
  const line = `${indent}"${name}": [${items.join(", ")}]${end}`;
  if (line.length < WIDTH) return [line];
  const last = items.length - 1;
  return [
    `${indent}"${name}": [`,
    ...items.map((item, index) => `${indent}  ${item}${index < last ? "," : ""}`),
    `${indent}]${end}`,
  ];
}

/** Wraps a sentence into comment lines. */
function comment(indent: string, text: string): string[] {
  const lines: string[] = [];
  let line = `${indent}//`;
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > WIDTH && !line.endsWith("//")) {
      lines.push(line);
      line = `${indent}//`;
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
