import type { Answer, Reply } from "../delivery/post.js";
import { type Check, failure, type Finding } from "./finding.js";

/** How long Linq waits for an answer according to its documentation, in ms. */
export const LINQ_WAITS = 10_000;

/** Advice for statuses that locate the mistake. */
const ADVICE: Readonly<Record<number, string>> = {
  404: "nothing takes deliveries at this path: check the path of the URL, and the routes of the receiver",
  405: "the server does not accept POST at this path: check the path of the URL, and the routes of the receiver",
  410: "nothing takes deliveries at this path any longer: check the path of the URL",
  413: "the receiver or a proxy refuses a body of this size: allow 1 MB",
  415: "the receiver does not accept JSON: allow content-type application/json",
  429: "the receiver or a proxy limits the rate: exempt this path",
};

/** Explains statuses whose meaning does not depend on the request. */
export function explainStatus(check: Check, answer: Answer): Finding | undefined {
  const { status, location } = answer;
  if (isRedirect(status)) {
    return failure(
      check,
      `the URL redirects (${status})${whereTo(location)}`,
      "give the subscription the final URL: Linq does not document that it follows redirects, and a redirect is not a 200",
    );
  }
  const advice =
    ADVICE[status] ??
    (status >= 500 ? "look at the logs of the receiver and of its proxy" : undefined);
  return advice === undefined
    ? undefined
    : failure(check, `the receiver answered ${status}${quote(answer)}`, advice);
}

/** Explains a missing or late answer. */
export function explainNoAnswer(check: Check, reply: Exclude<Reply, Answer>): Finding {
  return reply.kind === "timeout"
    ? failure(
        check,
        "the receiver did not answer in time",
        `answer first, and do the work afterwards: Linq waits for ${LINQ_WAITS / 1000} s`,
      )
    : failure(
        check,
        `the receiver did not answer${reply.reason === undefined ? "" : ` (${reply.reason})`}`,
        "check that the receiver is running, the port of the URL, and the firewall",
      );
}

/** Whether an answer looks as if the URL takes no deliveries. */
export function isDeadEnd({ status }: Answer): boolean {
  return isRedirect(status) || [404, 405, 410].includes(status);
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

/** The target of a redirect, as the end of a phrase. */
export function whereTo(location: string | undefined): string {
  return location === undefined ? "" : ` to ${location}`;
}

/** How much of an answer to show, in characters. */
const MAX_QUOTE = 200;

/** The body of an answer, as the end of a sentence. */
export function quote({ text }: Answer): string {
  return text === "" ? "" : `: ${text.slice(0, MAX_QUOTE)}`;
}
