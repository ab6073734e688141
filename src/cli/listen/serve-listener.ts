import type { CommandContext } from "../command.js";
import type { ApiAccess } from "../page/ask-api.js";
import { createPageLog } from "../page/page-log.js";
import { type Neighbour, serveWithPage } from "../page/serve-with-page.js";
import { checkLoop } from "./check-loop.js";
import { createListenerAnswer } from "./create-listener-answer.js";
import { createListenBackend } from "./create-listen-backend.js";
import { createForward } from "./forward.js";
import type { LISTEN_OPTIONS } from "./listen-options.js";
import type { ListenSettings } from "./read-listen-options.js";
import { printDelivery } from "./print-delivery.js";
import type { RecordFile } from "./record-file.js";
import { createDeliveries } from "./take-deliveries.js";

/** A running receiver with its page. */
export interface Listener {
  /** The local address for deliveries. */
  readonly url: string;
  readonly port: number;
  /** The address of the page. */
  readonly pageUrl: string;
  readonly close: () => Promise<void>;
}

/** The parts of a listener. */
export interface ListenerOptions {
  readonly settings: ListenSettings;
  readonly secret: string | undefined;
  /** Undefined without access to the API. */
  readonly api: ApiAccess | undefined;
  readonly record: RecordFile | undefined;
}

/** In ms, for deliveries under way when the listener ends. */
const CLOSE_TIMEOUT = 1_000;

/** More than a tunnel opens; each may hold a body of 1 MiB. */
const MAX_CONNECTIONS = 256;

/** @throws {CommandError} when the port is taken, or the receiver would forward to itself. */
export async function serveListener(
  context: CommandContext<typeof LISTEN_OPTIONS>,
  options: ListenerOptions,
): Promise<Listener> {
  const { path, forward, subscription, port: wanted } = options.settings;
  const end = new AbortController();
  const place = { port: wanted, maxConnections: MAX_CONNECTIONS };
  const { port, pageUrl, close } = await serveWithPage(context, place, (had) => {
    if (forward) checkLoop(forward.target, had, subscription?.webhookUrl);
    return compose(context, options, end.signal);
  });
  return {
    url: `http://127.0.0.1:${port}${path}`,
    port,
    pageUrl,
    close: async () => {
      await close(CLOSE_TIMEOUT);
      end.abort();
    },
  };
}

function compose(
  context: CommandContext<typeof LISTEN_OPTIONS>,
  { settings, secret, api, record }: ListenerOptions,
  end: AbortSignal,
): Neighbour {
  const { io } = context;
  const { forward, path } = settings;
  const log = createPageLog();
  let hasWarned = false;
  // A failure to record does not fail the delivery.
  const warn = (): void => {
    if (!hasWarned)
      io.stderr.write("error: --record can no longer write to the file; is the disk full?\n");
    hasWarned = true;
  };
  const deliveries = createDeliveries({
    secret,
    forward: forward && createForward(forward.target, forward.timeout, end),
    now: io.now,
    onChange: (delivery) => {
      log.put("delivery", delivery.id, delivery);
    },
    onAnswer: async (delivery, arrival) => {
      printDelivery(context, delivery);
      await record?.add(delivery, arrival).catch(warn);
    },
  });
  return {
    backend: createListenBackend({ settings, secret, api, log, deliveries, now: io.now }),
    answer: createListenerAnswer(deliveries, path, secret !== undefined),
  };
}
