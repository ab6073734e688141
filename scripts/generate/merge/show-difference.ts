import type { Json } from "../json.js";

/** Formats two different values, cut to the part where they differ; `undefined` is "nothing". */
export function showDifference(values: {
  first: Json | undefined;
  second: Json | undefined;
}): [string, string] {
  const a = values.first === undefined ? "nothing" : JSON.stringify(values.first);
  const b = values.second === undefined ? "nothing" : JSON.stringify(values.second);
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  return [excerpt(a, same), excerpt(b, same)];
}

// Long enough for an enum of a dozen names, short enough for one or two lines of a terminal.
const EXCERPT_LENGTH = 160;

function excerpt(text: string, around: number): string {
  if (text.length <= EXCERPT_LENGTH) return text;
  const start = Math.max(0, Math.min(around - 40, text.length - EXCERPT_LENGTH));
  const end = start + EXCERPT_LENGTH;
  return `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
}
