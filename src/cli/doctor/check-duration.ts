import type { Answer } from "../delivery/post.js";
import { LINQ_WAITS } from "./explain-answer.js";
import { failure, type Finding, ok, warning } from "./finding.js";

/** A receiver that is slower than this may miss the limit under load, in ms. */
const SLOW = 5_000;

/** Checks the time to the answer. */
export function checkDuration({ duration }: Answer): Finding {
  const what = `the receiver answered in ${duration} ms of the ${LINQ_WAITS / 1000} s that Linq waits`;
  const advice = "answer first, and do the work afterwards, for example in a queue";
  if (duration >= LINQ_WAITS) return failure("duration", what, advice);
  return duration > SLOW ? warning("duration", what, advice) : ok("duration", what);
}
