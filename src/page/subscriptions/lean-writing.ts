import type { findDifferences as find } from "../../subscriptions/read-written.js";

/**
 * Replaces `post.ts`, `spelling.ts`, `read-written.ts`, `carry-on.ts` and `input-fields.ts` of
 * `src/subscriptions/` in the bundle of the page, which only lists and deletes subscriptions.
 */
function refuse(): never {
  throw new Error("The page cannot write.");
}

export {
  refuse as asStored,
  refuse as carryOn,
  refuse as checkSpelling,
  refuse as createSpellingSearch,
  refuse as post,
  refuse as readWritten,
};

/** The page never writes, so it never has differences to find. */
export function findDifferences(): ReturnType<typeof find> {
  return [];
}
