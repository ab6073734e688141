import type { EventName } from "../../generated/constants.js";
import type { components } from "../../generated/openapi.js";
import { createSandboxParts } from "./create-sandbox-parts.js";
import type { EventChanges } from "./deliveries/create-event.js";
import type { Delivery } from "./deliveries/deliver.js";
import type { Fault } from "./faults/fault.js";
import type { ListenOptions, SandboxServer } from "./wire/listen.js";
import type { SandboxRequest } from "./sandbox-request.js";
import type { SandboxOptions } from "./sandbox-options.js";
import type { SandboxSwitches } from "./switches.js";

/** The API in memory. Its functions need no `this`. */
export interface Sandbox<Name extends string = EventName> {
  /**
   * Answers as the API would, at any origin: only the path counts. Rejects as `fetch` does when the
   * signal aborts, the arguments are not a valid request, or a fault breaks the connection.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /**
   * Emits an event: POSTs it to all active subscriptions to the event at once, signed if the subscription
   * has a secret. The event has the data of a realistic example, in which the fields of `data` replace
   * those of the example; a field that is undefined is left out.
   *
   * @returns every attempt, by ascending id of the subscription, when all have been answered or have
   * failed (after 10 s at most; the switch `redelivery` adds attempts). A receiver that fails does not
   * make this call reject.
   * @throws {InvalidInputError} for an unknown event, unless `allowUnknownEvents` is set, and for data
   * that is not an object or cannot be serialized as JSON.
   */
  readonly emit: <Event extends Name>(
    event: Event,
    data?: EventChanges<Event>,
  ) => Promise<Delivery[]>;
  /** The subscriptions that exist now, as the API returns them, with all fields; a copy. */
  readonly subscriptions: readonly Required<components["schemas"]["WebhookSubscription"]>[];
  /** The deliveries so far, in the order in which they ended; a copy. */
  readonly deliveries: readonly Delivery[];
  /** The requests that the API has processed so far, including those with faults, oldest first; a copy. */
  readonly requests: readonly SandboxRequest[];
  /**
   * Serves the API over HTTP; by default on a free port that only this machine can reach. Node only.
   *
   * @throws {Error} when the port is not available, or when the runtime is not Node.
   */
  readonly listen: (options?: ListenOptions) => Promise<SandboxServer>;
  /**
   * Injects a fault, which happens to future requests. Latencies add up; of the other faults that match
   * a request, the one that was injected first happens.
   *
   * @returns a function that removes the fault; further calls do nothing.
   * @throws {InvalidInputError} when the fault is invalid.
   *
   * @example
   * ```ts
   * // The first creation is carried out, but its answer never arrives.
   * sandbox.inject({ kind: "reset", operation: "createWebhookSubscription", write: "done" });
   * ```
   */
  readonly inject: (fault: Fault) => () => void;
  /**
   * Carries out everything that waits for further requests: late writes land, and lists show hidden
   * subscriptions.
   */
  readonly settle: () => void;
  /** The current switches; a copy. */
  readonly switches: SandboxSwitches;
  /**
   * Changes switches from the next request on; those that are left out stay the same. A switch that is
   * set to undefined gets its default.
   *
   * @throws {InvalidInputError} when a switch does not exist, or its value is invalid. Nothing is then
   * changed.
   */
  readonly setSwitches: (changes: Partial<SandboxSwitches>) => void;
  /**
   * Resets the sandbox to its initial state: it has no subscriptions, deliveries, requests, injected
   * faults and late writes, the next id is 1, and the faults and switches of the options apply again.
   */
  readonly reset: () => void;
}

/**
 * Creates an API in memory, for tests and for trying things out. It follows the same OpenAPI document
 * as the client, keeps subscriptions, and delivers signed events to them. Two sandboxes share nothing.
 *
 * @throws {InvalidInputError} when an option is invalid.
 *
 * @example
 * ```ts
 * import { createLinqClient } from "linq-webhooks";
 * import { createSandbox } from "linq-webhooks/sandbox";
 *
 * const sandbox = createSandbox({
 *   receivers: { "https://example.com/hook": () => new Response("ok") },
 * });
 * const linq = createLinqClient({ token: "any-token", fetch: sandbox.fetch });
 * await linq.webhookSubscriptions.ensure({
 *   webhook_url: "https://example.com/hook",
 *   events: ["message.received"],
 * });
 * const [delivery] = await sandbox.emit("message.received");
 * console.log(delivery?.status); // 200
 * ```
 */
export function createSandbox(
  options: SandboxOptions & { allowUnknownEvents: true },
): Sandbox<EventName | (string & {})>;
export function createSandbox(options?: SandboxOptions): Sandbox;
export function createSandbox(options?: SandboxOptions): Sandbox<string> {
  return createSandboxParts(options).sandbox;
}
