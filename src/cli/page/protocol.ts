/** What the server tells its page, as JSON. */

/** What is served, and what can be done with it. */
export interface PageState {
  readonly version: 1;
  /** Grows with every change, so that of two states the later one is known. */
  readonly revision: number;
  readonly mode: "listen" | "sandbox";
  /** The path that takes deliveries; empty where none does. */
  readonly receiverPath: string;
  readonly forwardTo: string | null;
  readonly publicUrl: string | null;
  /** Whether the API can be asked. */
  readonly hasToken: boolean;
  /** Whether signatures are verified. */
  readonly hasSecret: boolean;
  /** The events of which an example can be sent. */
  readonly events: readonly string[];
  readonly faults: readonly PageFault[];
  readonly switches: readonly PageSwitch[];
}

/** Something that goes wrong on purpose. */
export interface PageFault {
  readonly name: string;
  readonly isOn: boolean;
}

/** A switch of the sandbox. */
export interface PageSwitch {
  readonly name: string;
  /** Null for none. */
  readonly value: string | number | boolean | null;
  readonly kind: "boolean" | "number" | "choice";
  readonly choices?: readonly string[];
}

/** One delivery, and what has become of it. */
export interface PageDelivery {
  readonly id: string;
  /** ISO 8601, in UTC. */
  readonly receivedAt: string;
  readonly event: string | null;
  readonly eventId: string | null;
  /** Whom it is from, if its payload says. */
  readonly from: string | null;
  readonly signature: "valid" | "invalid" | "missing" | "unchecked";
  readonly outcome: "accepted" | "duplicate" | "refused" | "failed" | "forwarded" | "sent";
  /** What was answered; null before that, and where nothing was. */
  readonly status: number | null;
  /** In ms. */
  readonly duration: number;
  /** How often this event has come so far, from 1 up. */
  readonly attempt: number;
  /** Where the sandbox has sent it. */
  readonly url: string | null;
  readonly forward: PageForward | null;
  readonly headers: readonly Header[];
  /** As text; cut where `isBodyCut`. */
  readonly body: string;
  /** The size of the whole body, in bytes. */
  readonly bodyBytes: number;
  readonly isBodyCut: boolean;
}

/** What the program that deliveries are handed on to made of one. */
export interface PageForward {
  /** Null where it gave no answer. */
  readonly status: number | null;
  /** In ms. */
  readonly duration: number;
  readonly error?: string;
}

/** A name and a value, as they came. */
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

/** What an example of an event is made from. */
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
