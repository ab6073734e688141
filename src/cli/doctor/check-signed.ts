import type { Reply } from "../delivery/post.js";
import { explainNoAnswer, explainStatus, isSuccess, quote } from "./explain-answer.js";
import { failure, type Finding, ok, warning } from "./finding.js";

/** Checks whether the receiver accepts an example that is signed with the secret. */
export function checkSigned(reply: Reply, eventId: string): Finding {
  const check = "signed";
  if (reply.kind !== "answer") return explainNoAnswer(check, reply);
  const { status } = reply;
  if (status === 200) return ok(check, `the receiver accepts a signed example (event ${eventId})`);
  if (isSuccess(status)) {
    return warning(
      check,
      `the receiver answers a signed example with ${status}`,
      "answer with 200, the only status that Linq documents as success",
    );
  }
  if (status === 401 || status === 403) {
    return failure(
      check,
      `the receiver refuses a signed example (${status})${quote(reply)}`,
      "make the receiver verify the raw body with this secret, as `createReceiver({ secret })` does",
    );
  }
  return (
    explainStatus(check, reply) ??
    failure(
      check,
      `the receiver answers a signed example with ${status}${quote(reply)}`,
      "look at the receiver's log: only 200 counts as delivered",
    )
  );
}
