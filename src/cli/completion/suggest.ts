import { type Command, COMMON_OPTIONS, type OptionSpecs, type ValueKind } from "../command.js";
import { COMMANDS } from "../commands.js";
import type { CompletionWorld } from "./answer-completion.js";
import { suggestValues } from "./suggest-values.js";
import type { Suggestion, Suggestions } from "./suggestion.js";

/** Suggests candidates for the last word. */
export async function suggest(
  words: readonly string[],
  world: CompletionWorld,
): Promise<Suggestions> {
  const current = words.at(-1) ?? "";
  const [name = "", ...rest] = words;
  const isFirst = words.length < 2 || (name === "help" && words.length === 2);
  if (isFirst) return startingWith(current, current.startsWith("-") ? ROOT : listCommands());
  const command = Object.hasOwn(COMMANDS, name) ? await COMMANDS[name]?.load() : undefined;
  return command ? suggestArgument(command, rest.slice(0, -1), current, world) : [];
}

const ROOT: readonly Suggestion[] = [
  { value: "--help", about: COMMON_OPTIONS.help.summary },
  { value: "--version", about: "show the version" },
];

function listCommands(): Suggestion[] {
  return Object.entries(COMMANDS).map(([value, { summary }]) => ({ value, about: summary }));
}

/** @param before - the words between the name of the command and the one to complete. */
async function suggestArgument(
  command: Command,
  before: readonly string[],
  current: string,
  world: CompletionWorld,
): Promise<Suggestions> {
  const specs: OptionSpecs = { ...command.options, ...COMMON_OPTIONS };
  const [, inline, text = ""] = /^--([^=]+)=(.*)$/s.exec(current) ?? [];
  if (inline !== undefined) {
    const found = await suggestValues(kindOf(specs, inline), text, world);
    if (found === "files") return found;
    return startingWith(
      current,
      found.map((each) => ({ ...each, value: `--${inline}=${each.value}` })),
    );
  }
  const last = before.at(-1);
  if (last !== undefined && takesNext(specs, last)) {
    return suggestWords(kindOf(specs, last.slice(2)), current, world);
  }
  if (current.startsWith("-")) return startingWith(current, listOptions(specs, before));
  const { positionals, optionalPositionals = [] } = command;
  const place = [...positionals, ...optionalPositionals][countPositionals(specs, before)];
  if (place !== undefined) return suggestWords(PLACES[place], current, world);
  return startingWith(current, listOptions(specs, before));
}

/** The kinds of positional arguments, by their names in the help. */
const PLACES: Readonly<Record<string, ValueKind>> = {
  event: "event",
  id: "id",
  plan: "path",
  shell: "shell",
};

async function suggestWords(
  kind: ValueKind | undefined,
  current: string,
  world: CompletionWorld,
): Promise<Suggestions> {
  const found = await suggestValues(kind, current, world);
  return found === "files" ? found : startingWith(current, found);
}

function kindOf(specs: OptionSpecs, name: string): ValueKind | undefined {
  if (!Object.hasOwn(specs, name)) return undefined;
  const spec = specs[name];
  return spec?.completes ?? (spec?.value === "<path>" ? "path" : undefined);
}

/** Whether the word after this one is its value. */
function takesNext(specs: OptionSpecs, word: string): boolean {
  const name = word.slice(2);
  return word.startsWith("--") && Object.hasOwn(specs, name) && specs[name]?.type === "string";
}

function countPositionals(specs: OptionSpecs, before: readonly string[]): number {
  return before.filter(
    (word, index) => !word.startsWith("-") && !takesNext(specs, before[index - 1] ?? ""),
  ).length;
}

/** The options that can still be given. */
function listOptions(specs: OptionSpecs, before: readonly string[]): Suggestion[] {
  const given = new Set(before.map((word) => word.split("=", 1)[0]));
  return Object.entries(specs)
    .filter(([name, { multiple = false }]) => multiple || !given.has(`--${name}`))
    .map(([name, { summary }]) => ({ value: `--${name}`, about: summary }));
}

function startingWith(start: string, suggestions: readonly Suggestion[]): Suggestion[] {
  return suggestions.filter(({ value }) => value.startsWith(start));
}
