import type { Change, Effect } from "../change.js";

/** A difference between two schemas, independent of where they are used. */
export interface Finding {
  /** The rule, with `{at}` for the kind of value and `{inner}` for one of its members. */
  rule: string;
  effect: Effect;
  verb: Change["verb"];
  detail: string;
  /** The component that defines it, if that is not the compared one. */
  owner?: string | undefined;
  /** The path from the value to the part that differs, such as `.name`. */
  path: string;
}

/** A finding about the value itself. */
export function changed(rule: string, effect: Effect, detail: string): Finding {
  return { rule: `{at}-${rule}`, effect, verb: "changed", detail, path: "" };
}
