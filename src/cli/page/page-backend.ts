import type { ApiAccess } from "./ask-api.js";
import type { PageLog } from "./page-log.js";
import type { PageForward, PageState } from "./protocol.js";

/** The actions of the page, as `listen` or `sandbox` implements them. Unsupported ones throw a `PageError`. */
export interface PageBackend {
  readonly log: PageLog;
  readonly state: () => PageState;
  /** Undefined without access to the API. */
  readonly api: ApiAccess | undefined;
  /** Sends an example event, and resolves to the id of its delivery. */
  readonly sendExample: (example: ExampleOrder) => Promise<string>;
  /** Delivers the same bytes again, and resolves to the id of the new delivery. */
  readonly resend: (id: string) => Promise<string>;
  /** Forwards a delivery to the program again. */
  readonly forward: (id: string) => Promise<PageForward>;
  readonly setFault: (name: string, isOn: boolean) => void;
  readonly setSwitch: (name: string, value: unknown) => void;
}

/** An example to send. */
interface ExampleOrder {
  readonly event: string;
  /** Fields that replace those of the example's `data`. */
  readonly data: Readonly<Record<string, unknown>> | undefined;
}
