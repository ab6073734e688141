import type { Delivery } from "./deliveries/deliver.js";
import type { Fault } from "./faults/fault.js";
import type { SandboxRequest } from "./sandbox-request.js";
import type { SandboxSwitches } from "./switches.js";

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
   * as the WHATWG URL standard reads them, without their fragment. What a function throws counts as a
   * failed delivery.
   *
   * @default {}
   */
  receivers?:
    Readonly<Record<string, (request: Request) => Response | Promise<Response>>> | undefined;
  /**
   * What the API does where nothing documents it.
   *
   * @default the value that is documented at each switch
   */
  switches?: Partial<SandboxSwitches> | undefined;
  /**
   * What goes wrong from the beginning; `sandbox.inject` adds more.
   *
   * @default []
   */
  faults?: readonly Fault[] | undefined;
  /**
   * Lets `emit` make events happen that this version does not know.
   *
   * @default false
   */
  allowUnknownEvents?: boolean | undefined;
  /** Told of every request when it has been dealt with, before its answer is sent. What it throws is ignored. */
  onRequest?: ((request: SandboxRequest) => void) | undefined;
  /** Told of every attempt to deliver an event when it has ended. What it throws is ignored. */
  onDelivery?: ((delivery: Delivery) => void) | undefined;
  /**
   * The clock, in ms since the epoch.
   *
   * @default Date.now
   */
  now?: (() => number) | undefined;
  /**
   * Waits so many ms: for latency, and between the attempts of a delivery. Gets the signal of the
   * request that waits, if any, and should reject with its reason as soon as it aborts.
   *
   * @default a timer
   */
  sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
  /**
   * Gives a number from 0 up to 1, for latency from a range.
   *
   * @default Math.random
   */
  random?: (() => number) | undefined;
  /**
   * Sends the deliveries to every other webhook URL.
   *
   * @default globalThis.fetch
   */
  fetch?: typeof globalThis.fetch | undefined;
}
