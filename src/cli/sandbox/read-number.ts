/** Parses a number. `Number` alone would parse an empty text as 0. */
export function readNumber(text: string): number {
  return text.trim() === "" ? NaN : Number(text);
}
