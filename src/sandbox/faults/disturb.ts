import { toAnswer } from "../api/answer.js";
import type { FaultOf } from "./fault.js";
import type { InjectedFault } from "./fault-list.js";
import { Refusal } from "../api/refusal.js";
import { type Message, type Reply, toMessage } from "../wire/reply.js";
import { findStatusTitle } from "../api/status-title.js";
import type { SandboxSwitches } from "../switches.js";

/** A fault that changes the outcome of a request, and not only its time. */
export type Disturbance = Exclude<InjectedFault, FaultOf<"latency">>;

/** Applies a fault to the answer that the API would send. */
export function disturb(fault: Disturbance, message: Message, switches: SandboxSwitches): Reply {
  switch (fault.kind) {
    case "reset":
      return { ending: "break", message: undefined };
    case "stall":
      return { ending: "stall", message: fault.part === "headers" ? undefined : ifBody(message) };
    case "truncate":
      return { ending: "break", message: ifBody(message) };
    case "garble":
      return whole({ ...message, body: message.body?.slice(0, message.body.length / 2) });
    case "empty":
      return whole({ ...message, body: undefined });
    case "html":
      return whole(toPage(fault));
    case "status":
      return whole(toError(fault, switches));
    case "redirect": {
      const { status, location } = fault;
      return whole({ status, headers: { location }, body: undefined });
    }
    case "hide":
    case "freeze":
      return whole(message);
  }
}

function whole(message: Message): Reply {
  return { ending: "whole", message };
}

/** Without a body, the headers are the whole answer, so not even they may be sent. */
function ifBody(message: Message): Message | undefined {
  return message.body === undefined ? undefined : message;
}

function toPage({ status }: FaultOf<"html">): Message {
  const title = status < 400 ? "Welcome" : `${status} ${findStatusTitle(status)}`;
  return {
    status,
    headers: { "content-type": "text/html" },
    body: `<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1></body>\n</html>\n`,
  };
}

/** An error in the shape of the API. */
export function toError(
  { status, retryAfter }: Pick<FaultOf<"status">, "status" | "retryAfter">,
  switches: SandboxSwitches,
): Message {
  const wait = retryAfter ?? (status === 429 ? switches.retryAfter : undefined);
  const headers = wait === undefined ? {} : { "retry-after": String(wait) };
  const refusal = new Refusal(status, findStatusTitle(status), { headers });
  return toMessage(toAnswer(refusal, switches.errorShape));
}
