import type { Answer, Reply } from "../delivery/post.js";
import {
  explainNoAnswer,
  explainStatus,
  isDeadEnd,
  isRedirect,
  isSuccess,
  quote,
  whereTo,
} from "./explain-answer.js";
import { failure, type Finding, ok, warning } from "./finding.js";

/** What bears on the answer to a request without a signature. */
interface Bearing {
  /** Whether what the API delivers is signed, where that is known. */
  readonly isSigned: boolean | undefined;
  /** What the same request with a signature came to, where there was one. */
  readonly signed: Reply | undefined;
}

/** Whether a receiver refuses what is not signed, and what else its answer shows. */
export function checkUnsigned(reply: Reply, { isSigned, signed }: Bearing): Finding {
  const check = "unsigned";
  if (reply.kind !== "answer") return explainNoAnswer(check, reply);
  const { status } = reply;
  const isHidden = isDeadEnd(reply) && signed?.kind === "answer" && !isDeadEnd(signed);
  if (isHidden || status === 401 || status === 403) {
    if (isSigned === false) return explainUnsigned(status);
    return isHidden
      ? explainHiding(reply)
      : ok(check, `a delivery without a signature is refused (${status})`);
  }
  if (isSuccess(status)) return explainAccepting(status, isSigned);
  const isTaken = signed?.kind === "answer" && isSuccess(signed.status) && isSigned !== false;
  const problem = explainStatus(check, reply);
  // Where signed deliveries are taken, it keeps none of them from arriving.
  if (problem) return isTaken ? { ...problem, outcome: "warning" } : problem;
  return warning(
    check,
    `a delivery without a signature is answered by ${status}${quote(reply)}`,
    "answer it by 401 before anything else is looked at; so it cannot be told whether signatures are verified",
  );
}

/** The receiver verifies signatures, and the API does not sign. */
function explainUnsigned(status: number): Finding {
  return failure(
    "unsigned",
    `the receiver refuses what is not signed (${status}), and the deliveries of the subscription are not`,
    "give the subscription the secret of the receiver: `linq-webhooks update <id> --secret-env NAME`",
  );
}

/** To those who do not sign, the receiver behaves as if nothing at the URL took deliveries. */
function explainHiding({ status, location }: Answer): Finding {
  const how = isRedirect(status)
    ? `redirected (${status})${whereTo(location)}`
    : `answered by ${status}`;
  return warning(
    "unsigned",
    `a delivery without a signature is ${how} and one with a signature is not, so the receiver hides from whoever does not sign`,
    "leave it so if that is meant, or answer by 401, which tells a missing signature from a wrong path",
  );
}

function explainAccepting(status: number, isSigned: boolean | undefined): Finding {
  const what = `the receiver accepts a delivery without a signature (${status})`;
  const advice =
    "verify the X-Webhook-Signature header, as `createReceiver` does, since anybody can send such a request";
  // A subscription without a secret is how somebody may have wanted it.
  const judge = isSigned === true ? failure : warning;
  return judge("unsigned", what, advice);
}
