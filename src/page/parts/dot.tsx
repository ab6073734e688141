import type { Outcome } from "../live/outcome.js";

/** The colour of an outcome, next to its name. */
export function Dot({ outcome }: { outcome: Outcome }): preact.JSX.Element {
  return <span class={`dot is-${outcome}`} aria-hidden="true" />;
}
