import type { Call } from "../../src/http/call.js";
import type { CallOptions } from "../../src/http/call-options.js";
import { createHttp } from "../../src/http/http.js";
import type { Token } from "../../src/http/token.js";
import { createRequests, type Requests } from "../../src/subscriptions/requests.js";
import { buildSubscription } from "./build-subscription.js";
import { createFastClock } from "./fast-clock.js";

/** How an operation reaches its server. */
interface Way {
  readonly token?: Token;
  readonly baseUrl?: string;
  readonly fetch?: typeof globalThis.fetch;
}

/** One of the API's four operations. */
export interface Operation {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Makes the one request of the operation, once, as the client's methods do. */
  readonly send: (way: Way, options?: CallOptions) => Promise<unknown>;
  /** The status and body of a good answer. */
  readonly status: number;
  readonly body: unknown;
}

const SUBSCRIPTION = buildSubscription();

const { webhook_url, version, active } = SUBSCRIPTION;

const INPUT = { webhook_url, events: ["message.received" as const], version, active };

const WRITTEN = { webhook_subscription: SUBSCRIPTION };

/** A good answer to a list request. */
export const LIST = { webhook_subscriptions: [SUBSCRIPTION] };

export const OPERATIONS: Readonly<Record<"list" | "create" | "update" | "delete", Operation>> = {
  list: {
    method: "GET",
    send: sender((requests, call) => requests.list(call)),
    status: 200,
    body: LIST,
  },
  create: {
    method: "POST",
    send: sender((requests, call) => requests.post(call, INPUT)),
    status: 201,
    body: WRITTEN,
  },
  update: {
    method: "PUT",
    send: sender((requests, call) => requests.put(call, SUBSCRIPTION, INPUT)),
    status: 200,
    body: WRITTEN,
  },
  delete: {
    method: "DELETE",
    send: sender((requests, call) => requests.remove(call, SUBSCRIPTION.id)),
    status: 204,
    body: undefined,
  },
};

function sender(
  send: (requests: Requests, call: Call) => Promise<unknown>,
): (way: Way, options?: CallOptions) => Promise<unknown> {
  return ({ token = "the-token", baseUrl = "https://api.example.com", fetch }, options = {}) => {
    const http = createHttp({
      token,
      baseUrl,
      fetch,
      limits: { timeout: 30_000, totalTimeout: 120_000, maxRetries: 0 },
      onAttempt: undefined,
      maxAnswerBytes: Infinity,
      clock: createFastClock(),
    });
    return http.run(options, (call) => send(createRequests(http), call));
  };
}
