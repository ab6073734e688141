import type { Change, Effect } from "../change.js";

/** A difference between two schemas, wherever they are used. */
export interface Finding {
  /** The rule, with `{at}` for what kind of value it is, and `{inner}` for a member of it. */
  rule: string;
  effect: Effect;
  verb: Change["verb"];
  detail: string;
  /** The component that states it, if another than the one that is compared. */
  owner?: string | undefined;
  /** The steps from the value to what it is about, such as `.name`. */
  path: string;
}

/** A finding about the value itself. */
export function changed(rule: string, effect: Effect, detail: string): Finding {
  return { rule: `{at}-${rule}`, effect, verb: "changed", detail, path: "" };
}
