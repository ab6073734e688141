import type { Example, ExampleField } from "../live/contract.js";
import { readAt, writeAt } from "./field-path.js";

/** What stands in the fields of the form, by their paths. */
export type Entries = Readonly<Record<string, string>>;

/** What the fields hold at first. */
export function entriesOf({ data, fields }: Example): Entries {
  return Object.fromEntries(
    fields.map(({ path }): [string, string] => {
      const value = readAt(data, path);
      const isText = typeof value === "string";
      return [path, isText ? value : value === undefined ? "" : JSON.stringify(value)];
    }),
  );
}

/**
 * The data of the example with what stands in the form. An empty field that may be left out is left
 * out. What is not of its type goes as it was written, since the server says best what is wrong.
 */
export function fillExample({ data, fields }: Example, entries: Entries): Record<string, unknown> {
  const filled = structuredClone(data) as Record<string, unknown>; // Now it is ours to change.
  for (const field of fields) writeAt(filled, field.path, read(field, entries[field.path] ?? ""));
  return filled;
}

function read({ type, isRequired }: ExampleField, entry: string): unknown {
  if (entry === "" && !isRequired) return undefined;
  if (type === "boolean") return entry === "true" ? true : entry === "false" ? false : entry;
  const isNumber = type !== "string" && entry.trim() !== "" && !Number.isNaN(Number(entry));
  return isNumber ? Number(entry) : entry;
}
