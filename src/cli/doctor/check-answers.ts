import type { Answer, Reply } from "../delivery/post.js";
import { type Check, failure, type Finding, ok, warning } from "./finding.js";

/** How long Linq waits for an answer, by its documentation, in ms. */
const LINQ_WAITS = 10_000;

/** From here on a bad day of the receiver is enough to be too late, in ms. */
const SLOW = 5_000;

/** What to do, for statuses that tell where the mistake is. */
const ADVICE: Readonly<Record<number, string>> = {
  404: "nothing takes deliveries at this path: check the path of the URL, and the routes of the receiver",
  405: "what is at this path takes no POST: check the path of the URL, and the routes of the receiver",
  410: "nothing takes deliveries at this path any more: check the path of the URL",
  413: "something on the way takes no body of this size: allow 1 MB",
  415: "it takes no JSON: let it take content-type application/json",
  429: "something on the way limits deliveries: let it make an exception for this path",
};

/** Whether a receiver refuses what is not signed, and what else its answer shows. */
export function checkUnsigned(reply: Reply, isSigned: boolean | undefined): Finding {
  const check = "unsigned";
  if (reply.kind !== "answer") return explainNoAnswer(check, reply);
  const { status } = reply;
  if (status === 401 || status === 403) {
    if (isSigned !== false)
      return ok(check, `a delivery without a signature is refused (${status})`);
    return failure(
      check,
      `the receiver refuses what is not signed (${status}), and the deliveries of the subscription are not`,
      "give the subscription the secret of the receiver: `linq-webhooks update <id> --secret-env NAME`",
    );
  }
  if (isSuccess(status)) {
    const what = `the receiver accepts a delivery without a signature (${status})`;
    const advice =
      "verify the X-Webhook-Signature header, as `createReceiver` does, since anybody can send such a request";
    // A subscription without a secret is how somebody may have wanted it.
    return isSigned === true ? failure(check, what, advice) : warning(check, what, advice);
  }
  return (
    explainStatus(check, reply) ??
    warning(
      check,
      `a delivery without a signature is answered by ${status}${quote(reply)}`,
      "answer it by 401 before anything else is looked at; so it cannot be told whether signatures are verified",
    )
  );
}

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

/** Whether the answer came in time. */
export function checkDuration({ duration }: Answer): Finding {
  const what = `the receiver answered in ${duration} ms of the ${LINQ_WAITS / 1000} s that Linq waits`;
  const advice = "answer first and work afterwards, as with a queue";
  if (duration >= LINQ_WAITS) return failure("duration", what, advice);
  return duration > SLOW ? warning("duration", what, advice) : ok("duration", what);
}

/** Whether the same would come of any other request. */
export function isDeadEnd(reply: Reply): boolean {
  return (
    reply.kind !== "answer" || isRedirect(reply.status) || [404, 405, 410].includes(reply.status)
  );
}

/** What a status means whatever was sent. */
function explainStatus(check: Check, answer: Answer): Finding | undefined {
  const { status, location } = answer;
  if (isRedirect(status)) {
    return failure(
      check,
      `the URL redirects (${status})${location === undefined ? "" : ` to ${location}`}`,
      "give the subscription the final URL: nothing says that Linq follows redirects, and a redirect is no 200",
    );
  }
  const advice =
    ADVICE[status] ??
    (status >= 500 ? "look at the receiver's log, and at that of the proxy before it" : undefined);
  return advice === undefined
    ? undefined
    : failure(check, `the receiver answered ${status}${quote(answer)}`, advice);
}

function explainNoAnswer(check: Check, reply: Exclude<Reply, Answer>): Finding {
  return reply.kind === "timeout"
    ? failure(
        check,
        "the receiver did not answer in time",
        `answer first and work afterwards: Linq waits for ${LINQ_WAITS / 1000} s`,
      )
    : failure(
        check,
        `no answer came${reply.reason === undefined ? "" : ` (${reply.reason})`}`,
        "check that the receiver is running, the port of the URL, and the firewall",
      );
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

/** How much of an answer is shown, in characters. */
const MAX_QUOTE = 200;

function quote({ text }: Answer): string {
  return text === "" ? "" : `: ${text.slice(0, MAX_QUOTE)}`;
}
