import type { findDifferences as find } from "../../subscriptions/read-written.js";

/**
 * Stands in the bundle of the page for `post.ts`, `spelling.ts`, `read-written.ts`, `carry-on.ts` and
 * `input-fields.ts` of `src/subscriptions/`: what only deletes writes no subscription, and so reads
 * none that was written.
 */
function refuse(): never {
  throw new Error("The page writes no subscription.");
}

export {
  refuse as asStored,
  refuse as carryOn,
  refuse as checkSpelling,
  refuse as createSpellingSearch,
  refuse as post,
  refuse as readWritten,
};

/** Between a subscription and nothing that is wanted of it. */
export function findDifferences(): ReturnType<typeof find> {
  return [];
}
