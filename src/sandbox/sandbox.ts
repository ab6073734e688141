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
   * Answers as the API would, at any origin: only the path is looked at. Rejects as `fetch` does when
   * the signal is aborted, the arguments make no request, or a fault breaks the connection.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /**
   * Makes an event happen: POSTs it, signed where there is a secret, to every active subscription
   * that asks for it, to all at once. Its data is a realistic example of the event, with the fields
   * of `data` in place of the example's; one that is undefined is left out.
   *
   * @returns every attempt, by ascending id of the subscription, when all are answered or have failed
   * (after 10 s at most; the switch `redelivery` adds attempts). A receiver that fails is a delivery
   * like any other, not an error.
   * @throws {InvalidInputError} for an event that is not known, unless `allowUnknownEvents` is set, and
   * for data that is no object or cannot become JSON.
   */
  readonly emit: <Event extends Name>(
    event: Event,
    data?: EventChanges<Event>,
  ) => Promise<Delivery[]>;
  /** The subscriptions that exist now, as the API returns them, with every field that it knows; a copy. */
  readonly subscriptions: readonly Required<components["schemas"]["WebhookSubscription"]>[];
  /** What was delivered so far, in the order in which it ended; a copy. */
  readonly deliveries: readonly Delivery[];
  /** What the API has dealt with so far, faults included, oldest first; a copy. */
  readonly requests: readonly SandboxRequest[];
  /**
   * Serves the API over HTTP, on a free port of this machine alone unless told otherwise. In Node.
   *
   * @throws {Error} when the port cannot be had, or when the runtime is not Node.
   */
  readonly listen: (options?: ListenOptions) => Promise<SandboxServer>;
  /**
   * Makes something go wrong with requests to come. Latencies add up; of the other faults that match
   * a request, the one that was injected first happens.
   *
   * @returns a function that takes the fault back; calling it again does no harm.
   * @throws {InvalidInputError} when the fault is not usable.
   *
   * @example
   * ```ts
   * // The first creation is carried out, but its answer never arrives.
   * sandbox.inject({ kind: "reset", operation: "createWebhookSubscription", write: "done" });
   * ```
   */
  readonly inject: (fault: Fault) => () => void;
  /**
   * Makes everything happen now that waits for further requests: late writes land, and hidden
   * subscriptions are listed.
   */
  readonly settle: () => void;
  /** How the API behaves now where nothing documents it; a copy. */
  readonly switches: SandboxSwitches;
  /**
   * Changes switches from the next request on; those that are left out stay as they are. One that is
   * undefined gets its default.
   *
   * @throws {InvalidInputError} when a switch does not exist or cannot be set so; nothing is changed then.
   */
  readonly setSwitches: (changes: Partial<SandboxSwitches>) => void;
  /**
   * Makes the sandbox as it was when it was made: without subscriptions, deliveries, requests and
   * injected faults, late writes dropped, the next id 1, and the faults and switches of the options anew.
   */
  readonly reset: () => void;
}

/**
 * Makes an API in memory, for tests and for trying things out. It follows the same OpenAPI document
 * as the client, keeps subscriptions, and delivers signed events to them. Nothing is shared between
 * two sandboxes.
 *
 * @throws {InvalidInputError} when an option is not usable.
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
