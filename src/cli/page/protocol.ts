/** The JSON that the server sends to its page. */

/** The state of the server, and the actions that it supports. */
export interface PageState {
  readonly version: 1;
  /** Grows with every change, to tell which of two states is the later one. */
  readonly revision: number;
  readonly mode: "listen" | "sandbox";
  /** The path that receives deliveries; empty for the sandbox. */
  readonly receiverPath: string;
  readonly forwardTo: string | null;
  readonly publicUrl: string | null;
  /** Whether the page can call the API. */
  readonly hasToken: boolean;
  /** Whether signatures are verified. */
  readonly hasSecret: boolean;
  /** The events that the page can send examples of. */
  readonly events: readonly string[];
  readonly faults: readonly PageFault[];
  readonly switches: readonly PageSwitch[];
}

/** An injected fault. */
export interface PageFault {
  readonly name: string;
  readonly isOn: boolean;
}

/** A switch of the sandbox. */
export interface PageSwitch {
  readonly name: string;
  /** Null for no value. */
  readonly value: string | number | boolean | null;
  readonly kind: "boolean" | "number" | "choice";
  readonly choices?: readonly string[];
}

/** One delivery and its outcome. */
export interface PageDelivery {
  readonly id: string;
  /** ISO 8601, in UTC. */
  readonly receivedAt: string;
  readonly event: string | null;
  readonly eventId: string | null;
  /** The sender, if the payload names one. */
  readonly from: string | null;
  readonly signature: "valid" | "invalid" | "missing" | "unchecked";
  readonly outcome: "accepted" | "duplicate" | "refused" | "failed" | "forwarded" | "sent";
  /** The status of the answer; null before the answer, and without one. */
  readonly status: number | null;
  /** In ms. */
  readonly duration: number;
  /** How often this event has been delivered so far; 1 or more. */
  readonly attempt: number;
  /** The URL that the sandbox sent it to. */
  readonly url: string | null;
  readonly forward: PageForward | null;
  readonly headers: readonly Header[];
  /** As text; truncated if `isBodyCut`. */
  readonly body: string;
  /** The size of the whole body, in bytes. */
  readonly bodyBytes: number;
  readonly isBodyCut: boolean;
}

/** The result of forwarding a delivery to the program. */
export interface PageForward {
  /** Null if the program did not answer. */
  readonly status: number | null;
  /** In ms. */
  readonly duration: number;
  readonly error?: string;
}

/** The name and the value of a header, unchanged. */
export type Header = readonly [name: string, value: string];

/** A request to the API of the sandbox. */
export interface PageRequest {
  readonly id: string;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  /** In ms. */
  readonly duration: number;
  readonly fault: string | null;
}

/** The data of an example event, and a description of its fields. */
export interface ExampleForm {
  readonly data: object;
  readonly fields: readonly ExampleField[];
}

/** A field of the data of an event. */
export interface ExampleField {
  /** Such as `chat_handles.0.identifier`. */
  readonly path: string;
  readonly type: "string" | "integer" | "number" | "boolean";
  readonly isRequired: boolean;
  readonly description?: string;
  readonly values?: readonly string[];
}
