import { listen } from "#sandbox/listen";
import type { EventName } from "../../generated/constants.js";
import { type Answer, toResponse } from "./answer.js";
import { answerRequest } from "./answer-request.js";
import { checkOptions } from "./check-options.js";
import type { Delivery } from "./deliver.js";
import { emitEvent } from "./emit.js";
import type { ListenOptions, SandboxServer } from "./listen.js";
import { createPost, type WebhookReceiver } from "./post.js";
import { createStore, type SandboxSubscription, type Store } from "./store.js";

/** How a sandbox behaves. */
export interface SandboxOptions {
  /**
   * The token that requests must carry.
   *
   * @default any token that is not empty
   */
  token?: string | undefined;
  /**
   * Functions that receive the deliveries to a webhook URL in place of the network. URLs are compared
   * as the WHATWG URL standard reads them, without their fragment.
   *
   * @default {}
   */
  receivers?: Readonly<Record<string, WebhookReceiver>> | undefined;
  /**
   * The clock, in ms since the epoch.
   *
   * @default Date.now
   */
  now?: (() => number) | undefined;
  /**
   * Sends the deliveries to every other webhook URL.
   *
   * @default globalThis.fetch
   */
  fetch?: typeof globalThis.fetch | undefined;
}

/** One request that the API has answered. Neither its token nor its body is kept. */
export interface SandboxRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly status: number;
}

/** The API in memory. Its functions need no `this`. */
export interface Sandbox {
  /**
   * Answers as the API would, at any origin: only the path is looked at. Rejects as `fetch` does when
   * the signal is aborted or the arguments make no request.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /**
   * Makes an event happen: POSTs it, signed where there is a secret, to every active subscription
   * that asks for it, to all at once. Without `data` a realistic example of the event is sent, or
   * `{}` for an event that the specification does not know.
   *
   * @returns one delivery for each subscription, by ascending id, when all are answered or have failed
   * (after 10 s at most). A receiver that fails is a delivery like any other, not an error.
   * @throws {TypeError} when the event has no name, or the data is no object or cannot become JSON.
   */
  readonly emit: (
    event: EventName | (string & {}),
    data?: Record<string, unknown>,
  ) => Promise<Delivery[]>;
  /** The subscriptions as the API would list them now; a copy. */
  readonly subscriptions: readonly SandboxSubscription[];
  /** What was delivered so far, in the order in which it ended; a copy. */
  readonly deliveries: readonly Delivery[];
  /** What the API has answered so far, oldest first; a copy. */
  readonly requests: readonly SandboxRequest[];
  /**
   * Serves the API over HTTP, on a free port of this machine alone unless told otherwise. In Node.
   *
   * @throws {Error} when the port cannot be had, or when the runtime is not Node.
   */
  readonly listen: (options?: ListenOptions) => Promise<SandboxServer>;
  /** Forgets subscriptions, deliveries and requests, and starts again at id 1. */
  readonly reset: () => void;
}

/**
 * Makes an API in memory, for tests and for trying things out. It follows the same OpenAPI document
 * as the client, keeps subscriptions, and delivers signed events to them. Nothing is shared between
 * two sandboxes.
 *
 * @throws {TypeError} when an option is not usable.
 *
 * @example
 * ```ts
 * import { createLinqClient } from "linq-webhooks";
 * import { createSandbox } from "linq-webhooks/sandbox";
 *
 * const sandbox = createSandbox({
 *   receivers: { "https://example.com/hook": () => new Response("ok") },
 * });
 * const linq = createLinqClient({ token: "any", fetch: sandbox.fetch });
 * await linq.webhookSubscriptions.ensure({
 *   webhook_url: "https://example.com/hook",
 *   events: ["message.received"],
 * });
 * const [delivery] = await sandbox.emit("message.received");
 * console.log(delivery?.status); // 200
 * ```
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  checkOptions(options);
  const { token, receivers = {}, now = Date.now, fetch: fetchOption } = options;
  const post = createPost(receivers, fetchOption);
  let state = createState(now);

  const fetch: Sandbox["fetch"] = async (input, init) => {
    const request =
      input instanceof Request && init === undefined ? input : new Request(input, init);
    request.signal.throwIfAborted();
    const { store, requests } = state;
    const answer = await answerRequest(request, { store, token });
    requests.push(describeRequest(request, answer));
    request.signal.throwIfAborted();
    return toResponse(answer);
  };

  return {
    fetch,
    emit: (event, data) => emitEvent(event, data, { ...state, post, now }),
    get subscriptions() {
      return state.store.list();
    },
    get deliveries() {
      return [...state.deliveries];
    },
    get requests() {
      return [...state.requests];
    },
    listen: (listenOptions) => listen(fetch, listenOptions),
    reset: () => {
      state = createState(now);
    },
  };
}

/** What `reset` forgets. What is still under way goes on with the state that it began with. */
interface SandboxState {
  readonly store: Store;
  readonly deliveries: Delivery[];
  readonly requests: SandboxRequest[];
}

function createState(now: () => number): SandboxState {
  return { store: createStore(now), deliveries: [], requests: [] };
}

function describeRequest({ method, url }: Request, { status }: Answer): SandboxRequest {
  return { method, path: new URL(url).pathname, status };
}
