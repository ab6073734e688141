import type { ExampleField, ExampleForm } from "../../cli/page/protocol.js";
import { readAt, writeAt } from "./field-path.js";

/** What stands in the fields of the form, by their paths. */
export type Entries = Readonly<Record<string, string>>;

/** What the fields hold at first. */
export function entriesOf({ data, fields }: ExampleForm): Entries {
  return Object.fromEntries(
    fields.map(({ path }) => {
      const value = readAt(data, path) ?? "";
      return [path, typeof value === "string" ? value : JSON.stringify(value)];
    }),
  );
}

/**
 * The data of the example with what stands in the form. What is not of its type goes as it was
 * written, since the server says best what is wrong.
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

/** Undefined takes the field away. An empty text is a text. */
function read({ type }: ExampleField, entry: string): unknown {
  if (type === "string") return entry;
  if (entry.trim() === "") return undefined;
  if (type === "boolean") return entry === "true" ? true : entry === "false" ? false : entry;
  return Number.isNaN(Number(entry)) ? entry : Number(entry);
}
