/** What the server tells the page: the JSON of `/_/api/`. */
import type { EventName } from "../../index.js";

/** How the command was started, and what it can do. */
export interface PageState {
  readonly version: 1;
  readonly mode: "listen" | "sandbox";
  /** Where the receiver takes deliveries, on the page's own origin. */
  readonly receiverPath: string;
  readonly forwardTo: string | null;
  readonly publicUrl: string | null;
  readonly hasToken: boolean;
  readonly hasSecret: boolean;
  readonly events: readonly EventName[];
  /** Empty unless the mode is `sandbox`, like `switches`. */
  readonly faults: readonly FaultState[];
  readonly switches: readonly SwitchState[];
}

export interface FaultState {
  readonly name: string;
  readonly isOn: boolean;
}

export interface SwitchState {
  readonly name: string;
  readonly value: unknown;
  readonly kind: "boolean" | "number" | "choice";
  readonly choices?: readonly string[];
}

export type Outcome = "accepted" | "duplicate" | "refused" | "failed" | "forwarded" | "sent";

export type Signature = "valid" | "invalid" | "missing" | "unchecked";

/** One delivery; it comes again under the same id when something about it has changed. */
export interface Delivery {
  readonly id: string;
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly event: string | null;
  readonly eventId: string | null;
  readonly from: string | null;
  readonly signature: Signature;
  readonly outcome: Outcome;
  /** What was answered. */
  readonly status: number | null;
  /** In ms. */
  readonly duration: number;
  readonly attempt: number;
  /** Where a sandbox delivered it to. */
  readonly url: string | null;
  readonly forward: Forward | null;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** As it came; anything. */
  readonly body: string;
}

export interface Forward {
  readonly status: number | null;
  /** In ms. */
  readonly duration: number;
  readonly error?: string;
}

/** A request that the sandbox has answered. */
export interface ApiRequest {
  readonly id: string;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  /** In ms. */
  readonly duration: number;
  readonly fault: string | null;
}

/** An example of an event, and what its form asks for. */
export interface Example {
  readonly data: Readonly<Record<string, unknown>>;
  readonly fields: readonly ExampleField[];
}

export interface ExampleField {
  /** The way to it in `data`, such as `message.id`. */
  readonly path: string;
  readonly type: "string" | "integer" | "number" | "boolean";
  readonly isRequired: boolean;
  readonly description?: string;
  readonly values?: readonly string[];
}
