import type { ExampleField, ExampleForm } from "../../cli/page/protocol.js";
import { readAt, writeAt } from "./field-path.js";

/** The texts in the fields of the form by path. */
export type Entries = Readonly<Record<string, string>>;

/** The initial texts of the fields. */
export function entriesOf({ data, fields }: ExampleForm): Entries {
  return Object.fromEntries(
    fields.map(({ path }) => {
      const value = readAt(data, path) ?? "";
      return [path, typeof value === "string" ? value : JSON.stringify(value)];
    }),
  );
}

/**
 * The data of the example with the entries of the form. An entry of the wrong type is sent as a string,
 * so that the server can explain the error.
 */
export function fillExample(form: ExampleForm, entries: Entries): object {
  const filled = structuredClone(form.data);
  const before = entriesOf(form);
  for (const field of form.fields) {
    const entry = entries[field.path] ?? "";
    if (entry !== before[field.path]) writeAt(filled, field.path, read(field, entry));
  }
  return filled;
}

/** Converts an entry to its type. Returns undefined, which removes the field, for an empty number. */
function read({ type }: ExampleField, entry: string): unknown {
  if (type === "string") return entry;
  if (entry.trim() === "") return undefined;
  if (type === "boolean") return entry === "true" ? true : entry === "false" ? false : entry;
  return Number.isNaN(Number(entry)) ? entry : Number(entry);
}
