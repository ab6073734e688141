import type { Answer, Reply } from "../delivery/post.js";
import { type Check, failure, type Finding } from "./finding.js";

/** How long Linq waits for an answer, by its documentation, in ms. */
export const LINQ_WAITS = 10_000;

/** What to do, for statuses that tell where the mistake is. */
const ADVICE: Readonly<Record<number, string>> = {
  404: "nothing takes deliveries at this path: check the path of the URL, and the routes of the receiver",
  405: "what is at this path takes no POST: check the path of the URL, and the routes of the receiver",
  410: "nothing takes deliveries at this path any more: check the path of the URL",
  413: "something on the way takes no body of this size: allow 1 MB",
  415: "it takes no JSON: let it take content-type application/json",
  429: "something on the way limits deliveries: let it make an exception for this path",
};

/** What a status means whatever was sent. */
export function explainStatus(check: Check, answer: Answer): Finding | undefined {
  const { status, location } = answer;
  if (isRedirect(status)) {
    return failure(
      check,
      `the URL redirects (${status})${whereTo(location)}`,
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

/** What to do where no answer came, or none in time. */
export function explainNoAnswer(check: Check, reply: Exclude<Reply, Answer>): Finding {
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

/** Whether it is an answer of a URL at which nothing takes deliveries. */
export function isDeadEnd({ status }: Answer): boolean {
  return isRedirect(status) || [404, 405, 410].includes(status);
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

/** Where a redirect leads, as the end of a sentence. */
export function whereTo(location: string | undefined): string {
  return location === undefined ? "" : ` to ${location}`;
}

/** How much of an answer is shown, in characters. */
const MAX_QUOTE = 200;

/** What the receiver said, as the end of a sentence. */
export function quote({ text }: Answer): string {
  return text === "" ? "" : `: ${text.slice(0, MAX_QUOTE)}`;
}
