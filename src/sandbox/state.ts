import type { Delivery } from "./deliveries/deliver.js";
import type { Fault } from "./faults/fault.js";
import { createFaultList, type FaultList } from "./faults/fault-list.js";
import { createHistory, type History } from "./history.js";
import { createPending, type Pending } from "./faults/pending.js";
import type { SandboxRequest } from "./sandbox-request.js";
import { createRateLimit, type RateLimit } from "./api/rate-limit.js";
import { createStore, type Store } from "./api/store.js";
import type { SandboxSwitches } from "./switches.js";

/** Callbacks for requests and deliveries. */
export interface Observers {
  readonly onRequest: ((request: SandboxRequest) => void) | undefined;
  readonly onDelivery: ((delivery: Delivery) => void) | undefined;
}

/** The state that `reset` replaces. Requests in progress keep the state with which they began. */
export interface SandboxState {
  readonly store: Store;
  readonly faults: FaultList;
  readonly pending: Pending;
  /** Whether the rate limit admits one more request now; counts the request. */
  readonly admit: RateLimit;
  readonly deliveries: History<Delivery>;
  readonly requests: History<SandboxRequest>;
}

export function createState(
  now: () => number,
  faults: readonly Fault[],
  switches: () => SandboxSwitches,
  { onRequest, onDelivery }: Observers,
): SandboxState {
  const store = createStore(now, () => switches().listLag);
  return {
    store,
    faults: createFaultList(faults, () => store.copy()),
    pending: createPending(),
    admit: createRateLimit(() => switches().rateLimit, now),
    deliveries: createHistory(onDelivery),
    requests: createHistory(onRequest),
  };
}
