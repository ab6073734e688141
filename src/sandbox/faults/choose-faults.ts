import type { Disturbance } from "./disturb.js";
import type { Fault, FaultableRequest, FaultOf } from "./fault.js";
import type { FaultList } from "./fault-list.js";
import type { ReadRequest } from "../api/read-request.js";
import { Refusal } from "../api/refusal.js";
import type { OperationId } from "../api/router.js";

/** The faults of one request. */
export interface ChosenFaults {
  /** How long to wait before the request is carried out, in ms. */
  readonly before: number;
  /** How long to wait after that, before the answer, in ms. */
  readonly after: number;
  readonly disturbance: Disturbance | undefined;
  /** The kind of fault to record for the request. */
  readonly kind: Fault["kind"] | undefined;
}

/** Takes the faults of a request from the list. */
export function chooseFaults(
  request: ReadRequest,
  list: FaultList,
  random: () => number,
): ChosenFaults {
  const chosen = { before: 0, after: 0 };
  let disturbance: Disturbance | undefined;
  const { operation } = request;
  const faults = operation instanceof Refusal ? [] : list.take(toFaultable(operation.id, request));
  for (const fault of faults) {
    if (fault.kind === "latency") chosen[fault.where ?? "before"] += drawTime(fault, random);
    else disturbance = fault;
  }
  return { ...chosen, disturbance, kind: disturbance?.kind ?? faults[0]?.kind };
}

function toFaultable(operation: OperationId, { method, url, text }: ReadRequest): FaultableRequest {
  return { operation, method, path: url.pathname, body: readBody(text) };
}

function readBody(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function drawTime({ ms }: FaultOf<"latency">, random: () => number): number {
  if (typeof ms === "number") return ms;
  const [min, max] = ms;
  return min + random() * (max - min);
}
