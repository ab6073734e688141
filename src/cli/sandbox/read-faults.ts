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
 * Parses faults from the command line: a name, the main value if any, and further fields, such as
 * `status=503,retryAfter=2,times=3`. The sandbox checks the values.
 *
 * @throws {CommandError} for unknown names.
 */
export function readFaults(given: readonly string[]): Fault[] {
  return given.map(readFault);
}

/** Lists the fields of a kind of fault. */
export function fieldsOf({ main, fields }: FaultForm): FaultField[] {
  return [...(main === undefined ? [] : [main]), ...fields, ...MATCH_FIELDS];
}

function readFault(given: string): Fault {
  // A value, such as a URL, may contain commas.
  const [head = "", ...rest] = given.split(/,(?=[A-Za-z]+=)/);
  const [kind, value] = splitAtFirst(head);
  const form = Object.hasOwn(FAULT_FORMS, kind)
    ? FAULT_FORMS[kind as keyof typeof FAULT_FORMS] // Checked above.
    : undefined;
  if (!form) throw unknownName("unknown fault", kind, Object.keys(FAULT_FORMS));
  if (value !== undefined && form.main === undefined) {
    throw new CommandError(
      "usage",
      `--fault ${kind} takes no value directly after its name: leave it out`,
    );
  }
  const fields = new Map<string, unknown>(Object.entries(form.defaults ?? {}));
  if (value !== undefined && form.main) fields.set(form.main, FIELD_FORMS[form.main].read(value));
  for (const part of rest) {
    const [name, text = ""] = splitAtFirst(part);
    fields.set(name, FIELD_FORMS[findField(kind, form, name)].read(text));
  }
  // The sandbox checks the fields of a fault at run time.
  return { kind, ...Object.fromEntries(fields) } as unknown as Fault;
}

function findField(kind: string, form: FaultForm, name: string): FaultField {
  const known = fieldsOf(form);
  const found = known.find((field) => field === name);
  if (found !== undefined) return found;
  throw unknownName(`--fault ${kind} does not have this field`, name, known);
}

function unknownName(what: string, name: string, known: readonly string[]): CommandError {
  const hint = nearest(name, known) ?? "";
  return new CommandError(
    "usage",
    `${what}; did you mean \`${hint}\`? (linq-webhooks sandbox --help lists all)`,
  );
}

function splitAtFirst(text: string): [name: string, value: string | undefined] {
  const at = text.indexOf("=");
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
