import type { Delivery } from "./deliver.js";
import type { Fault } from "./fault.js";
import { createFaultList, type FaultList } from "./fault-list.js";
import { createPending, type Pending } from "./pending.js";
import type { SandboxRequest } from "./respond.js";
import { createStore, type Store } from "./store.js";

/** What `reset` forgets. What is still under way goes on with the state that it began with. */
export interface SandboxState {
  readonly store: Store;
  readonly faults: FaultList;
  readonly pending: Pending;
  readonly deliveries: Delivery[];
  readonly requests: SandboxRequest[];
}

export function createState(now: () => number, faults: readonly Fault[]): SandboxState {
  return {
    store: createStore(now),
    faults: createFaultList(faults),
    pending: createPending(),
    deliveries: [],
    requests: [],
  };
}
