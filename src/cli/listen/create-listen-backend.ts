import { Buffer } from "node:buffer";
import { EVENT_NAMES } from "../../../generated/constants.js";
import { createExampleDelivery } from "../delivery/example-delivery.js";
import type { ApiAccess } from "../page/ask-api.js";
import type { PageBackend } from "../page/page-backend.js";
import { PageError } from "../page/page-error.js";
import type { PageLog } from "../page/page-log.js";
import type { ListenSettings } from "./read-listen-options.js";
import type { Deliveries } from "./take-deliveries.js";

/** The parts that the page of a listener uses. */
export interface ListenBackendOptions {
  readonly settings: ListenSettings;
  readonly secret: string | undefined;
  readonly api: ApiAccess | undefined;
  readonly log: PageLog;
  readonly deliveries: Deliveries;
  readonly now: () => number;
}

/** Creates the backend for the page of a listener. */
export function createListenBackend(options: ListenBackendOptions): PageBackend {
  const { settings, secret, api, log, deliveries, now } = options;
  const { path, forward, subscription } = settings;
  return {
    log,
    api,
    state: () => ({
      version: 1,
      revision: 0,
      mode: "listen",
      receiverPath: path,
      forwardTo: forward?.target.href ?? null,
      publicUrl: subscription?.webhookUrl ?? null,
      hasToken: api !== undefined,
      hasSecret: secret !== undefined,
      events: EVENT_NAMES,
      faults: [],
      switches: [],
    }),
    sendExample: async ({ event, data }) => {
      const { message } = await createExampleDelivery(event, { now }, { secret, data });
      const headers = Object.entries(message.headers);
      const { id } = await deliveries.take({ headers, body: Buffer.from(message.body) });
      return id;
    },
    resend: deliveries.takeAgain,
    forward: deliveries.forwardAgain,
    setFault: refuse,
    setSwitch: refuse,
  };
}

function refuse(): never {
  throw new PageError(
    409,
    "Only the sandbox has faults and switches: run `linq-webhooks sandbox --ui`.",
  );
}
