import type { CommandContext } from "../command.js";
import type { ApiAccess } from "../page/ask-api.js";
import { createPage, type Page } from "../page/create-page.js";
import { createPageLog } from "../page/page-log.js";
import { findPageFolder } from "../page/static-file.js";
import { type Answer, startLocalServer } from "../server/local-server.js";
import { checkLoop } from "./check-loop.js";
import { createListenerAnswer } from "./create-listener-answer.js";
import { createListenBackend } from "./create-listen-backend.js";
import { createForward } from "./forward.js";
import type { LISTEN_OPTIONS } from "./listen-options.js";
import type { ListenSettings } from "./read-listen-options.js";
import { printDelivery } from "./print-delivery.js";
import type { RecordFile } from "./record-file.js";
import { createDeliveries, type Deliveries } from "./take-deliveries.js";

/** A receiver that is being served, with its page. */
export interface Listener {
  /** Where deliveries are taken on this machine. */
  readonly url: string;
  readonly port: number;
  /** The address of the page. */
  readonly pageUrl: string;
  readonly close: () => Promise<void>;
}

/** What a listener is made of. */
export interface ListenerOptions {
  readonly settings: ListenSettings;
  readonly secret: string | undefined;
  /** Undefined where there is no API to ask. */
  readonly api: ApiAccess | undefined;
  readonly record: RecordFile | undefined;
}

/** In ms, for deliveries under way when the listener ends. */
const CLOSE_TIMEOUT = 1_000;

/** @throws {CommandError} when the port cannot be had, or deliveries would come back for ever. */
export async function serveListener(
  context: CommandContext<typeof LISTEN_OPTIONS>,
  options: ListenerOptions,
): Promise<Listener> {
  const { settings } = options;
  const { path, forward, subscription } = settings;
  let answer: Answer = (_incoming, outgoing) => {
    outgoing.writeHead(503).end();
    return Promise.resolve();
  };
  const server = await startLocalServer(settings.port, (incoming, outgoing) =>
    answer(incoming, outgoing),
  );
  const { port } = server;
  try {
    if (forward) checkLoop(forward.target, port, subscription?.webhookUrl);
  } catch (error) {
    await server.close(0);
    throw error;
  }
  const end = new AbortController();
  const { page, deliveries } = compose(context, options, port, end.signal);
  answer = createListenerAnswer(page, deliveries, path, options.secret !== undefined);
  return {
    url: `http://127.0.0.1:${port}${path}`,
    port,
    pageUrl: page.url,
    close: async () => {
      page.close();
      await server.close(CLOSE_TIMEOUT);
      end.abort();
    },
  };
}

function compose(
  context: CommandContext<typeof LISTEN_OPTIONS>,
  { settings, secret, api, record }: ListenerOptions,
  port: number,
  end: AbortSignal,
): { page: Page; deliveries: Deliveries } {
  const { io, redact } = context;
  const { forward } = settings;
  const log = createPageLog();
  let hasWarned = false;
  // A delivery that has been taken is not refused for that.
  const warn = (): void => {
    if (!hasWarned)
      io.stderr.write("error: --record cannot write the file any more; is the disk full?\n");
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
  const backend = createListenBackend({ settings, secret, api, log, deliveries, now: io.now });
  const folder = io.pageFolder ?? findPageFolder();
  return { page: createPage({ port, folder, backend, redact }), deliveries };
}
