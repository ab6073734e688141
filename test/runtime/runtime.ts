import type { Project } from "./project.js";
import type { Result } from "./suite.js";

/** Something that runs JavaScript, and that the suite runs in. */
export interface Runtime {
  readonly name: string;
  /** Undefined when any installed version is used. */
  readonly version: string | undefined;
  readonly run: (project: Project, server: string) => Promise<Run>;
}

/** The results of the suite in a runtime. */
export interface Run {
  readonly version: string;
  readonly results: readonly Result[];
  /** The same without `Buffer` and `process`; undefined where neither exists anyway. */
  readonly bareResults: readonly Result[] | undefined;
}

/** Reads the results from the last line that a program has printed. */
export function parseResults(printed: string): Result[] {
  const line = printed.trim().split("\n").at(-1) ?? "";
  return JSON.parse(line) as Result[]; // Our own programs print nothing else there.
}
