import { GenerateError } from "./generate-error.js";

/** Collects what is wrong with the sources, so that one run names all of it. */
export interface Problems {
  /** How many there are so far. */
  count: () => number;
  add: (problem: string) => void;
  /** Runs a step. What a `GenerateError` says is added, and the step has no result. */
  collect: <T>(step: () => T) => T | undefined;
  /** Throws one `GenerateError` with everything that was added, if anything was. */
  throwIfAny: () => void;
}

export function createProblems(): Problems {
  const found: string[] = [];
  return {
    count: () => found.length,
    add: (problem) => found.push(problem),
    collect: (step) => {
      try {
        return step();
      } catch (error) {
        if (!(error instanceof GenerateError)) throw error;
        found.push(...error.problems);
        return undefined;
      }
    },
    throwIfAny: () => {
      if (found.length > 0) throw new GenerateError([...new Set(found)]);
    },
  };
}
