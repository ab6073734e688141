import type { Answer } from "../delivery/post.js";
import { LINQ_WAITS } from "./explain-answer.js";
import { failure, type Finding, ok, warning } from "./finding.js";

/** From here on a bad day of the receiver is enough to be too late, in ms. */
const SLOW = 5_000;

/** Whether the answer came in time. */
export function checkDuration({ duration }: Answer): Finding {
  const what = `the receiver answered in ${duration} ms of the ${LINQ_WAITS / 1000} s that Linq waits`;
  const advice = "answer first and work afterwards, as with a queue";
  if (duration >= LINQ_WAITS) return failure("duration", what, advice);
  return duration > SLOW ? warning("duration", what, advice) : ok("duration", what);
}
