import { type Command, COMMON_OPTIONS, type OptionSpecs } from "../command.js";
import { COMMANDS } from "../commands.js";

const PROGRAM = "linq-webhooks";

/** Renders the help of a command, or of the program. */
export async function renderHelp(name?: string): Promise<string> {
  const command = name === undefined ? undefined : await COMMANDS[name]?.load();
  return name !== undefined && command ? renderCommand(name, command) : renderProgram();
}

function renderProgram(): string {
  const commands = Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary] as const);
  return `Manages the webhook subscriptions of the Linq Partner API v2.

Usage: ${PROGRAM} <command> [options]

Commands:
${align(commands)}

Options:
${align([
  ["--version", "show the version"],
  ["--help, -h", `show this help, or the help of a command: ${PROGRAM} list --help`],
])}

Environment:
${align([
  ["LINQ_INTEGRATION_TOKEN", "the token, unless --token-stdin is given; never an argument"],
  ["LINQ_BASE_URL", "the server (default: https://api.linqapp.com)"],
  ["NO_COLOR, FORCE_COLOR", "turn colours off; turn colours on even without a terminal"],
])}

Exit codes: 0 done, 1 error, 2 \`plan\` found changes, 130 interrupted.`;
}

function renderCommand(name: string, command: Command): string {
  const { positionals, optionalPositionals = [], options, examples, notes = [] } = command;
  const required = positionals.map((each) => `<${each}>`);
  const optional = optionalPositionals.map((each) => `[<${each}>]`);
  const usage = [PROGRAM, name, ...required, ...optional, "[options]"].join(" ");
  const sections = [
    `${capitalise(COMMANDS[name]?.summary ?? "")}.`,
    `Usage: ${usage}`,
    `Options:\n${align([...listOptions(options), ...listOptions(COMMON_OPTIONS)])}`,
    `${examples.length > 1 ? "Examples" : "Example"}:\n${examples.map((each) => `  ${PROGRAM} ${each}`).join("\n")}`,
    ...notes.map(wrap),
  ];
  return sections.join("\n\n");
}

function listOptions(options: OptionSpecs): (readonly [string, string])[] {
  return Object.entries(options).map(([name, { type, value = "<value>", summary }]) => [
    type === "boolean" ? `--${name}` : `--${name} ${value}`,
    summary,
  ]);
}

function align(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}`).join("\n");
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Wraps a text at spaces into lines of up to 80 characters. */
function wrap(text: string): string {
  return text.replace(/(?=.{81})(.{1,80}) /g, "$1\n");
}
