import type { Reply } from "../delivery/post.js";
import { explainNoAnswer, explainStatus, isSuccess, quote } from "./explain-answer.js";
import { failure, type Finding, ok, warning } from "./finding.js";

/** Whether a receiver takes an example that is signed with the secret. */
export function checkSigned(reply: Reply, eventId: string): Finding {
  const check = "signed";
  if (reply.kind !== "answer") return explainNoAnswer(check, reply);
  const { status } = reply;
  if (status === 200) return ok(check, `an example that is signed is accepted (event ${eventId})`);
  if (isSuccess(status)) {
    return warning(
      check,
      `an example that is signed is answered by ${status}`,
      "answer by 200, the only status of which Linq says that it counts",
    );
  }
  if (status === 401 || status === 403) {
    return failure(
      check,
      `an example that is signed is refused (${status})${quote(reply)}`,
      "let the receiver use this secret, and give it the raw body; what verifies is `createReceiver({ secret })`",
    );
  }
  return (
    explainStatus(check, reply) ??
    failure(
      check,
      `an example that is signed is answered by ${status}${quote(reply)}`,
      "look at the receiver's log: only 200 counts as delivered",
    )
  );
}
