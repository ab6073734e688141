import type { LinqClient, LinqClientOptions, WebhookSubscription } from "linq-webhooks";
import type { Fault } from "linq-webhooks/sandbox";
import type { Entries } from "./entries.js";

/** A separate API for one fact, and what its server has seen. */
export interface World {
  readonly fetch: typeof globalThis.fetch;
  /** Creates a client of this API with practically unlimited timeouts. */
  readonly connect: (options?: LinqClientOptions) => LinqClient;
  /** What has arrived there, such as `GET /api/partner/v2/webhook_subscriptions`. */
  readonly requests: () => Promise<string[]>;
  readonly subscriptions: () => Promise<readonly WebhookSubscription[]>;
}

/** Makes a world in which the faults happen. */
export type OpenWorld = (faults?: readonly Fault[]) => Promise<World>;

/** What a server of worlds reports about one of them. */
export interface WorldReport {
  readonly requests: readonly { readonly method: string; readonly path: string }[];
  readonly subscriptions: readonly WebhookSubscription[];
}

/** The token that every world requires. */
export const TOKEN = "a-token-that-nobody-may-see";

/** In ms: no fact depends on speed. */
const FOREVER = 1_000_000_000;

/** A world in this runtime's memory. */
export function openInMemory({ client, sandbox }: Entries, more: LinqClientOptions): OpenWorld {
  return (faults = []) => {
    const api = sandbox.createSandbox({ token: TOKEN, faults });
    return Promise.resolve(
      describeWorld(client, { fetch: api.fetch, ...more }, () => Promise.resolve(api)),
    );
  };
}

/** A world over the network, on a server that creates as many of them as requested. */
export function openOverHttp(
  { client }: Entries,
  server: string,
  more: LinqClientOptions,
): OpenWorld {
  return async (faults = []) => {
    const body = JSON.stringify(faults);
    const baseUrl = await (await fetch(`${server}/worlds`, { method: "POST", body })).text();
    const report = async (): Promise<WorldReport> => {
      const answer = await fetch(baseUrl, { cache: "no-store" });
      return (await answer.json()) as WorldReport; // Our own server sends nothing else.
    };
    return describeWorld(client, { baseUrl, ...more }, report);
  };
}

function describeWorld(
  { createLinqClient }: Entries["client"],
  defaults: LinqClientOptions,
  report: () => Promise<WorldReport>,
): World {
  return {
    fetch: defaults.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    connect: (options) =>
      createLinqClient({
        token: TOKEN,
        timeout: FOREVER,
        totalTimeout: FOREVER,
        ...defaults,
        ...options,
      }),
    requests: async () => (await report()).requests.map(({ method, path }) => `${method} ${path}`),
    subscriptions: async () => (await report()).subscriptions,
  };
}
