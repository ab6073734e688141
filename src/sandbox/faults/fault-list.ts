import { OPERATIONS } from "../../../generated/operations.js";
import type { Store } from "../api/store.js";
import type { Fault, FaultableRequest, FaultOf } from "./fault.js";
import type { OperationId } from "../api/router.js";

/** A fault, and for `freeze` the store with the frozen list. */
export type InjectedFault =
  Exclude<Fault, FaultOf<"freeze">> | (FaultOf<"freeze"> & { readonly store: Store });

/** The faults that wait for their requests. */
export interface FaultList {
  /** Adds a fault; the returned function removes it. */
  readonly add: (fault: Fault) => () => void;
  /** The faults that happen to a request now, oldest first. Counts them. */
  readonly take: (request: FaultableRequest) => InjectedFault[];
}

/** @param copyStore - returns a copy of the current store. */
export function createFaultList(faults: readonly Fault[], copyStore: () => Store): FaultList {
  const waiting = new Set<Waiting>();
  const add: FaultList["add"] = (fault) => {
    const { skip = 0, times = 1 } = fault;
    const injected = fault.kind === "freeze" ? { ...fault, store: copyStore() } : { ...fault };
    const entry: Waiting = { fault: injected, skip, times };
    waiting.add(entry);
    return () => {
      waiting.delete(entry);
    };
  };
  for (const fault of faults) add(fault);

  return {
    add,
    take: (request) => {
      const matching = [...waiting].filter(({ fault }) => matches(fault, request));
      const ready = matching.filter((entry) => entry.skip === 0);
      for (const entry of matching) entry.skip = Math.max(0, entry.skip - 1);
      // Latencies add up; of the other faults only one can happen.
      const first = ready.find(({ fault }) => fault.kind !== "latency");
      const taken = ready.filter((entry) => entry.fault.kind === "latency" || entry === first);
      for (const entry of taken) {
        entry.times -= 1;
        if (entry.times === 0) waiting.delete(entry);
      }
      return taken.map(({ fault }) => fault);
    },
  };
}

interface Waiting {
  readonly fault: InjectedFault;
  skip: number;
  times: number;
}

function matches({ kind, operation, when }: InjectedFault, request: FaultableRequest): boolean {
  if (!canHappen(kind, request.operation)) return false;
  if (operation !== undefined && ![operation].flat().includes(request.operation)) return false;
  return when?.(request) ?? true;
}

function canHappen(kind: Fault["kind"], operation: OperationId): boolean {
  if (kind === "hide") return operation === "createWebhookSubscription";
  if (kind === "freeze") return operation === "listWebhookSubscriptions";
  // An answer without a body would stay unchanged, and report a write that may not have happened.
  if (kind === "garble" || kind === "empty") return OPERATIONS[operation].status !== 204;
  return true;
}
