/** A number as it is written; `Number` would take no text for 0. */
export function readNumber(text: string): number {
  return text.trim() === "" ? NaN : Number(text);
}
