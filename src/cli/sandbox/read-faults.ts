import { nearest } from "../../checks/nearest.js";
import type { Fault } from "../../sandbox/index.js";
import { CommandError } from "../command-error.js";
import {
  FAULT_FORMS,
  type FaultField,
  type FaultForm,
  FIELD_FORMS,
  MATCH_FIELDS,
} from "./fault-fields.js";

/**
 * Reads faults as they are written on the command line: a name, the main value if any, and further
 * fields, such as `status=503,retryAfter=2,times=3`. Whether values are usable is for the sandbox to say.
 *
 * @throws {CommandError} for names that there are not.
 */
export function readFaults(given: readonly string[]): Fault[] {
  return given.map(readFault);
}

/** The fields that a kind of fault takes. */
export function fieldsOf({ main, fields }: FaultForm): FaultField[] {
  return [...(main === undefined ? [] : [main]), ...fields, ...MATCH_FIELDS];
}

function readFault(given: string): Fault {
  // A value, such as that of a URL, may hold commas as well.
  const [head = "", ...rest] = given.split(/,(?=[A-Za-z]+=)/);
  const [kind, value] = splitAtFirst(head);
  const form = Object.hasOwn(FAULT_FORMS, kind)
    ? FAULT_FORMS[kind as keyof typeof FAULT_FORMS] // As has just been asked.
    : undefined;
  if (!form) throw unknownName("there is no such fault", kind, Object.keys(FAULT_FORMS));
  if (value !== undefined && form.main === undefined) {
    throw new CommandError("usage", `--fault ${kind} takes no value right behind its name`);
  }
  const fields = new Map<string, unknown>(Object.entries(form.defaults ?? {}));
  if (value !== undefined && form.main) fields.set(form.main, FIELD_FORMS[form.main].read(value));
  for (const part of rest) {
    const [name, text = ""] = splitAtFirst(part);
    fields.set(name, FIELD_FORMS[findField(kind, form, name)].read(text));
  }
  // The sandbox checks faults whatever their type; what it objects to is put in our words.
  return { kind, ...Object.fromEntries(fields) } as unknown as Fault;
}

function findField(kind: string, form: FaultForm, name: string): FaultField {
  const known = fieldsOf(form);
  const found = known.find((field) => field === name);
  if (found !== undefined) return found;
  throw unknownName(`--fault ${kind} has no such field`, name, known);
}

function unknownName(what: string, name: string, known: readonly string[]): CommandError {
  const hint = nearest(name, known) ?? "";
  return new CommandError(
    "usage",
    `${what}; did you mean \`${hint}\`? (linq-webhooks sandbox --help lists them)`,
  );
}

function splitAtFirst(text: string): [name: string, value: string | undefined] {
  const at = text.indexOf("=");
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
