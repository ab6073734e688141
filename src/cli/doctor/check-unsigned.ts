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

/** The context in which to judge the answer to an unsigned request. */
interface Bearing {
  /** Whether the API signs its deliveries; undefined if unknown. */
  readonly isSigned: boolean | undefined;
  /** The answer to the same request with a signature; undefined if none was sent. */
  readonly signed: Reply | undefined;
}

/** Checks whether the receiver refuses an unsigned delivery, and what its answer shows otherwise. */
export function checkUnsigned(reply: Reply, { isSigned, signed }: Bearing): Finding {
  const check = "unsigned";
  if (reply.kind !== "answer") return explainNoAnswer(check, reply);
  const { status } = reply;
  const isHidden = isDeadEnd(reply) && signed?.kind === "answer" && !isDeadEnd(signed);
  if (isHidden || status === 401 || status === 403) {
    if (isSigned === false) return explainUnsigned(status);
    return isHidden
      ? explainHiding(reply)
      : ok(check, `the receiver refuses a delivery without a signature (${status})`);
  }
  if (isSuccess(status)) return explainAccepting(status, isSigned);
  const isTaken = signed?.kind === "answer" && isSuccess(signed.status) && isSigned !== false;
  const problem = explainStatus(check, reply);
  // If the receiver accepts signed deliveries, the problem does not stop them.
  if (problem) return isTaken ? { ...problem, outcome: "warning" } : problem;
  return warning(
    check,
    `the receiver answers a delivery without a signature with ${status}${quote(reply)}`,
    "answer it with 401 before any other check; this answer does not show whether the receiver verifies signatures",
  );
}

/** The receiver verifies signatures, but the API does not sign. */
function explainUnsigned(status: number): Finding {
  return failure(
    "unsigned",
    `the receiver refuses unsigned deliveries (${status}), and the subscription does not sign its deliveries`,
    "give the subscription the secret of the receiver: `linq-webhooks update <id> --secret-env NAME`",
  );
}

/** For unsigned requests, the receiver pretends that the URL does not exist. */
function explainHiding({ status, location }: Answer): Finding {
  const how = isRedirect(status)
    ? `redirects (${status})${whereTo(location)}`
    : `answers ${status}`;
  return warning(
    "unsigned",
    `the receiver ${how} only without a signature, so it hides from unsigned requests`,
    "keep this if it is intended, or answer with 401, which distinguishes a missing signature from a wrong path",
  );
}

function explainAccepting(status: number, isSigned: boolean | undefined): Finding {
  const what = `the receiver accepts a delivery without a signature (${status})`;
  const advice =
    "verify the X-Webhook-Signature header, as `createReceiver` does, because anybody can send an unsigned request";
  // The user may have left out the secret on purpose.
  const judge = isSigned === true ? failure : warning;
  return judge("unsigned", what, advice);
}
