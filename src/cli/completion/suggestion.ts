import { printable } from "../output/printable.js";

/** A word that could stand there; one that ends with `=` goes on. */
export interface Suggestion {
  readonly value: string;
  /** What it is. */
  readonly about?: string | undefined;
}

/** What could stand in a place: words, or the name of a file, which the shell knows best. */
export type Suggestions = readonly Suggestion[] | "files";

/** A line for a shell. */
export function toPrintable({ value, about }: Suggestion): string {
  return about === undefined ? printable(value) : `${printable(value)}\t${printable(about)}`;
}

export function toSuggestions(values: readonly string[], prefix = ""): Suggestion[] {
  return values.map((value) => ({ value: prefix + value }));
}
