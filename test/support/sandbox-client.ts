import { composeClient } from "../../src/client.js";
import type { LinqClient, LinqClientOptions, Lock } from "../../src/index.js";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/index.js";
import { createFastClock } from "./fast-clock.js";

/** A sandbox, and clients of it that share nothing but it, and never really wait. */
export interface World {
  readonly sandbox: Sandbox;
  readonly linq: LinqClient;
  /** One more client, as another replica would have it. */
  readonly connect: (options?: LinqClientOptions) => LinqClient;
  /** The methods of all requests so far, such as `["GET", "POST"]`. */
  readonly methods: () => string[];
  /** How often each event reaches each URL. */
  readonly countDeliveries: () => Record<string, number>;
}

/** Clients of one process share a lock; with this one they are as far apart as two machines. */
export const withoutLock: Lock = (_key, task) => task();

export function createWorld(options: SandboxOptions = {}): World {
  const sandbox = createSandbox(options);
  const connect = (clientOptions: LinqClientOptions = {}): LinqClient =>
    composeClient(
      { token: "any-token", fetch: sandbox.fetch, lock: withoutLock, ...clientOptions },
      createFastClock(),
    );
  return {
    sandbox,
    linq: connect(),
    connect,
    methods: () => sandbox.requests.map(({ method }) => method),
    countDeliveries: () => {
      const counts: Record<string, number> = {};
      for (const { active, webhook_url, events } of sandbox.subscriptions) {
        for (const event of active ? new Set(events) : []) {
          const key = `${event} ${webhook_url}`;
          counts[key] = (counts[key] ?? 0) + 1;
        }
      }
      return counts;
    },
  };
}
