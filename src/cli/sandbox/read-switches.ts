import { nearest } from "../../checks/nearest.js";
import type { SandboxSwitches } from "../../sandbox/index.js";
import { CommandError } from "../command-error.js";
import { SWITCH_FORMS, type SwitchForm } from "./switch-forms.js";

/** Lists the switches that a command line can set, with their syntax. */
export function listSwitches(): [name: string, form: SwitchForm][] {
  return Object.entries(SWITCH_FORMS).flatMap(([name, form]) => (form ? [[name, form]] : []));
}

/**
 * Parses switches from the command line, `NAME=VALUE`. The sandbox checks the values.
 *
 * @throws {CommandError} for unknown names.
 */
export function readSwitches(given: readonly string[]): Partial<SandboxSwitches> {
  const known = new Map(listSwitches());
  const values = new Map<string, unknown>();
  for (const each of given) {
    const at = each.indexOf("=");
    const name = at < 0 ? each : each.slice(0, at);
    const form = known.get(name);
    if (!form) throw unknownSwitch(name, [...known.keys()]);
    if (at < 0)
      throw new CommandError("usage", `--switch ${name} needs a value: ${show(name, form)}`);
    if (values.has(name))
      throw new CommandError(
        "usage",
        `--switch ${name} is given more than once: leave the others out`,
      );
    values.set(name, form.read(each.slice(at + 1)));
  }
  // Object.fromEntries loses the types, but the sandbox checks the values.
  return Object.fromEntries(values);
}

/** Describes the syntax of a switch, such as `deletion=now|soft|<requests>`. */
export function show(name: string, { words = [], value }: SwitchForm): string {
  return `${name}=${[...words, ...(value === undefined ? [] : [value])].join("|")}`;
}

function unknownSwitch(name: string, known: readonly string[]): CommandError {
  if (Object.hasOwn(SWITCH_FORMS, name)) {
    return new CommandError(
      "usage",
      "this switch is a function, so only a program can set it: `createSandbox({ switches })`",
    );
  }
  const hint = nearest(name, known) ?? "";
  return new CommandError(
    "usage",
    `unknown switch; did you mean \`${hint}\`? (linq-webhooks sandbox --help lists all)`,
  );
}
