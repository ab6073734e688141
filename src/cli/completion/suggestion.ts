import { printable } from "../output/printable.js";

/** A candidate for the word at the cursor; one that ends with `=` still needs a value. */
export interface Suggestion {
  readonly value: string;
  /** A short description. */
  readonly about?: string | undefined;
}

/** The candidates for a word; `files` leaves file names to the shell. */
export type Suggestions = readonly Suggestion[] | "files";

/** Formats a suggestion as a line for the completion script. */
export function toPrintable({ value, about }: Suggestion): string {
  return about === undefined ? printable(value) : `${printable(value)}\t${printable(about)}`;
}

export function toSuggestions(values: readonly string[], prefix = ""): Suggestion[] {
  return values.map((value) => ({ value: prefix + value }));
}
