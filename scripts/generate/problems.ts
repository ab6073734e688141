import { GenerateError } from "./generate-error.js";

/** Collects the problems of the sources, so that one run reports all of them. */
export interface Problems {
  /** The number of problems so far. */
  count: () => number;
  add: (problem: string) => void;
  /** Runs a step. If it throws a `GenerateError`, adds its problems and returns `undefined`. */
  collect: <T>(step: () => T) => T | undefined;
  /** Throws one `GenerateError` with all problems, if there are any. */
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
