import { Buffer } from "node:buffer";
import { isRecord } from "../../checks/check-fields.js";
import type { Delivery, SandboxRequest } from "../../sandbox/index.js";
import { showBody } from "../listen/kept-body.js";
import { senderOf } from "../listen/sender-of.js";
import type { PageDelivery, PageRequest } from "../page/protocol.js";

/** Converts a delivery of the sandbox for the page. */
export function describeDelivery(id: string, sent: Delivery, now: number): PageDelivery {
  const { event_type, event_id, url, headers, body, signature, status, error } = sent;
  const { attempt } = sent;
  const duration = Math.round(sent.duration);
  const isTaken = status !== undefined && status >= 200 && status < 300;
  return {
    id,
    receivedAt: new Date(now - duration).toISOString(),
    event: event_type,
    eventId: event_id,
    from: senderOf(dataOf(body)),
    signature: signature === undefined ? "missing" : "valid",
    outcome: isTaken ? "sent" : "failed",
    status: status ?? null,
    duration,
    attempt,
    url,
    // The error of a delivery without an answer.
    forward: error === undefined ? null : { status: null, duration, error },
    headers: Object.entries(headers),
    ...showBody(Buffer.from(body)),
  };
}

function dataOf(body: string): unknown {
  const event: unknown = JSON.parse(body); // The sandbox wrote it.
  return isRecord(event) ? event["data"] : undefined;
}

/** Converts a request to the sandbox for the page. */
export function describeRequest(
  id: string,
  { method, path, status, duration, fault }: SandboxRequest,
  now: number,
): PageRequest {
  return {
    ...{ id, method, path },
    at: new Date(now - duration).toISOString(),
    status: status ?? null,
    duration: Math.round(duration),
    fault: fault ?? null,
  };
}
