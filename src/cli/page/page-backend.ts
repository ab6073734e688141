import type { ApiAccess } from "./ask-api.js";
import type { PageLog } from "./page-log.js";
import type { PageForward, PageState } from "./protocol.js";

/** What the page does, by whoever serves it. What it cannot do it refuses by a `PageError`. */
export interface PageBackend {
  readonly log: PageLog;
  readonly state: () => PageState;
  /** Undefined where there is no API to ask. */
  readonly api: ApiAccess | undefined;
  /** Sends an example of an event; gives the id of its delivery. */
  readonly sendExample: (example: ExampleOrder) => Promise<string>;
  /** Delivers the same bytes again; gives the id of the new delivery. */
  readonly resend: (id: string) => Promise<string>;
  /** Hands a delivery on to the program once more. */
  readonly forward: (id: string) => Promise<PageForward>;
  readonly setFault: (name: string, isOn: boolean) => void;
  readonly setSwitch: (name: string, value: unknown) => void;
}

/** An example that is to be sent. */
interface ExampleOrder {
  readonly event: string;
  /** What its data has in place of that of the example. */
  readonly data: Readonly<Record<string, unknown>> | undefined;
}
