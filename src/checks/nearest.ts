/** The known name that is the fewest edits away from `name`, and at most `maxEdits`. */
export function nearest(
  name: string,
  known: readonly string[],
  maxEdits = Infinity,
): string | undefined {
  let best: string | undefined;
  let fewest = maxEdits + 1;
  const given = name.toLowerCase();
  for (const candidate of known) {
    // A name that contains the given one counts as one edit away: `url` means `webhook_url`.
    const wanted = candidate.toLowerCase();
    const edits = wanted.includes(given) ? 1 : editDistance(given, wanted);
    if (edits < fewest) [best, fewest] = [candidate, edits];
  }
  return best;
}

/** Levenshtein's distance, one row of its table at a time. */
function editDistance(from: string, to: string): number {
  // No known name is longer than this, so the rest of a long input does not matter.
  const letters = Array.from(from.slice(0, 64));
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of letters.entries()) {
    const next = [i + 1];
    for (let j = 1; j < row.length; j++) {
      const cost = letter === to[j - 1] ? 0 : 1;
      next.push(Math.min(next[j - 1] ?? 0, row[j] ?? 0, (row[j - 1] ?? 0) + cost - 1) + 1);
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
