import type { Delivery } from "./deliveries/deliver.js";
import type { Fault } from "./faults/fault.js";
import type { SandboxRequest } from "./sandbox-request.js";
import type { SandboxSwitches } from "./switches.js";

/** The options of `createSandbox`. */
export interface SandboxOptions {
  /**
   * The token that requests must carry.
   *
   * @default any non-empty token
   */
  token?: string | undefined;
  /**
   * Functions that receive the deliveries to a webhook URL in place of the network. URLs are compared
   * as the WHATWG URL standard reads them, without their fragment. A function that throws makes the
   * delivery fail.
   *
   * @default {}
   */
  receivers?:
    Readonly<Record<string, (request: Request) => Response | Promise<Response>>> | undefined;
  /**
   * How the API behaves where its behaviour is not documented.
   *
   * @default the default of each switch
   */
  switches?: Partial<SandboxSwitches> | undefined;
  /**
   * Faults that are injected from the beginning; `sandbox.inject` adds more.
   *
   * @default []
   */
  faults?: readonly Fault[] | undefined;
  /**
   * Lets `emit` deliver events that this version does not know.
   *
   * @default false
   */
  allowUnknownEvents?: boolean | undefined;
  /** Called for every request before its answer is sent. Its errors are ignored. */
  onRequest?: ((request: SandboxRequest) => void) | undefined;
  /** Called for every attempt to deliver an event when the attempt has ended. Its errors are ignored. */
  onDelivery?: ((delivery: Delivery) => void) | undefined;
  /**
   * The clock, in ms since the epoch.
   *
   * @default Date.now
   */
  now?: (() => number) | undefined;
  /**
   * Waits for `ms` milliseconds: for latency, and between the attempts of a delivery. It gets the signal
   * of the waiting request, if any, and should reject with the signal's reason as soon as it aborts.
   *
   * @default a timer
   */
  sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
  /**
   * Returns a number of at least 0 and less than 1, for latency from a range.
   *
   * @default Math.random
   */
  random?: (() => number) | undefined;
  /**
   * Sends the deliveries to webhook URLs that `receivers` does not have.
   *
   * @default globalThis.fetch
   */
  fetch?: typeof globalThis.fetch | undefined;
}
