import type { Delivery } from "./deliveries/deliver.js";
import type { Fault } from "./faults/fault.js";
import { createFaultList, type FaultList } from "./faults/fault-list.js";
import { createHistory, type History } from "./history.js";
import { createPending, type Pending } from "./faults/pending.js";
import type { SandboxRequest } from "./sandbox-request.js";
import { createStore, type Store } from "./api/store.js";

/** Who is told of what happens. */
export interface Observers {
  readonly onRequest: ((request: SandboxRequest) => void) | undefined;
  readonly onDelivery: ((delivery: Delivery) => void) | undefined;
}

/** What `reset` forgets. What is still under way goes on with the state that it began with. */
export interface SandboxState {
  readonly store: Store;
  readonly faults: FaultList;
  readonly pending: Pending;
  readonly deliveries: History<Delivery>;
  readonly requests: History<SandboxRequest>;
}

export function createState(
  now: () => number,
  faults: readonly Fault[],
  { onRequest, onDelivery }: Observers,
): SandboxState {
  return {
    store: createStore(now),
    faults: createFaultList(faults),
    pending: createPending(),
    deliveries: createHistory(onDelivery),
    requests: createHistory(onRequest),
  };
}
