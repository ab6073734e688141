import { nearest } from "../../checks/nearest.js";
import type { SandboxSwitches } from "../../sandbox/index.js";
import { CommandError } from "../command-error.js";
import { SWITCH_FORMS, type SwitchForm } from "./switch-forms.js";

/** The switches that can be set on a command line, with how they are written. */
export function listSwitches(): [name: string, form: SwitchForm][] {
  return Object.entries(SWITCH_FORMS).flatMap(([name, form]) => (form ? [[name, form]] : []));
}

/**
 * Reads switches as they are written on the command line, `NAME=VALUE`. Whether values are usable is for
 * the sandbox to say.
 *
 * @throws {CommandError} for names that there are not.
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
      throw new CommandError("usage", `--switch ${name} is given more than once`);
    values.set(name, form.read(each.slice(at + 1)));
  }
  // Object.fromEntries forgets the types, and the sandbox checks the values.
  return Object.fromEntries(values);
}

/** How a switch is written, such as `deletion=now|soft|<requests>`. */
export function show(name: string, { words = [], value }: SwitchForm): string {
  return `${name}=${[...words, ...(value === undefined ? [] : [value])].join("|")}`;
}

function unknownSwitch(name: string, known: readonly string[]): CommandError {
  if (Object.hasOwn(SWITCH_FORMS, name)) {
    return new CommandError(
      "usage",
      "this switch is a function, which only a program can give: `createSandbox({ switches })`",
    );
  }
  const hint = nearest(name, known) ?? "";
  return new CommandError(
    "usage",
    `there is no such switch; did you mean \`${hint}\`? (linq-webhooks sandbox --help lists them)`,
  );
}
