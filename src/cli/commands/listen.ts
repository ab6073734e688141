import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { sleep } from "../../checks/sleep.js";
import { type CommandContext, defineCommand } from "../command.js";
import { type Access, type CommandClient, connect, readAccess } from "../input/connect.js";
import { findApi } from "../input/find-api.js";
import { readSecret } from "../input/read-secret.js";
import { announceListener } from "../listen/announce-listener.js";
import { holdWhile } from "../listen/hold-while.js";
import { LISTEN_OPTIONS } from "../listen/listen-options.js";
import { type ListenSettings, readListenOptions } from "../listen/read-listen-options.js";
import { openRecordFile, type RecordFile } from "../listen/record-file.js";
import { serveListener } from "../listen/serve-listener.js";
import { printWatched, watchSubscription } from "../listen/watch-subscription.js";
import { untilAborted } from "../until-aborted.js";

/** In ms: soon enough for a user who waits for a delivery, and rare enough for the API. */
const WATCH_PAUSE = 60_000;

type Context = CommandContext<typeof LISTEN_OPTIONS>;

/** Receives deliveries on this machine until it is interrupted. */
export const listen = defineCommand({
  positionals: [],
  options: LISTEN_OPTIONS,
  examples: [
    "listen --secret-env HOOK_SECRET --forward-to http://localhost:3000/hook",
    "listen --public-url https://example.trycloudflare.com --forward-to http://localhost:3000/hook",
    "listen --port 0 --record deliveries.jsonl",
  ],
  notes: [
    "It listens on this machine only, shows each delivery, and prints the address of a page with more details. --public-url is the address of a tunnel to this machine: listen subscribes it at the start, moves the subscription when the address has changed, and pauses it at the end. Without a secret of yours, listen generates one for it.",
    "If the program is down or too slow, listen answers 503, so that Linq delivers the event again. It refuses a delivery that is not signed with the secret with 401, and does not forward it. Ctrl-C ends it, with exit code 0.",
  ],
  run: async (context) => {
    const settings = readListenOptions(context);
    const { subscription } = settings;
    const given = await readSecret(context);
    const secret = given ?? (subscription && makeUpSecret(context));
    const access = await readAccess(context);
    const linq = await connectIfUseful(context, settings, access);
    const record = await openRecord(context);
    try {
      const isMadeUp = given === undefined && secret !== undefined;
      return await serve(context, { settings, secret, isMadeUp, access, linq, record });
    } finally {
      await record?.close();
    }
  },
});

interface Prepared {
  readonly settings: ListenSettings;
  readonly secret: string | undefined;
  readonly isMadeUp: boolean;
  readonly access: Access;
  readonly linq: CommandClient | undefined;
  readonly record: RecordFile | undefined;
}

/** Serves until the command ends. @returns the exit code. */
async function serve(
  context: Context,
  { settings, secret, isMadeUp, access, linq, record }: Prepared,
): Promise<number> {
  const { io } = context;
  const { subscription, ending } = settings;
  const end = AbortSignal.any([io.signal, io.outputClosed]);
  const fetch: typeof io.fetch = (input, init) =>
    io.fetch(input, { ...init, signal: AbortSignal.any([end, init?.signal ?? end]) });
  const api = linq && { fetch, baseUrl: findApi(io.env).baseUrl, token: access.token };
  const listener = await serveListener(context, { settings, secret, api, record });
  const untilEnd = async (subscriptionId?: number): Promise<void> => {
    const isVerified = secret !== undefined;
    announceListener(context, { ...listener, settings, subscriptionId, isVerified, isMadeUp });
    if (linq && subscription) watch(context, linq, subscription.webhookUrl, end);
    await untilAborted(end);
  };
  try {
    if (linq && subscription && secret !== undefined) {
      // The subscription ends before the server, so that no delivery finds the server gone.
      const held = { ...subscription, secret };
      return (await holdWhile(context, { linq, held, ending }, untilEnd)) ? 0 : 1;
    }
    await untilEnd();
    return 0;
  } finally {
    await listener.close();
  }
}

/** Watches the subscription until the command ends. */
function watch(
  context: Context,
  { webhookSubscriptions }: CommandClient,
  webhookUrl: string,
  signal: AbortSignal,
): void {
  watchSubscription({
    list: () => webhookSubscriptions.list({ signal }),
    webhookUrl,
    tell: (isThere) => {
      printWatched(context, isThere);
    },
    pause: () => sleep(WATCH_PAUSE, signal),
    // Only the signal ends it.
  }).catch(() => undefined);
}

/** Connects to the API. A subscription needs it; the page alone can do without. */
async function connectIfUseful(
  context: Context,
  { subscription }: ListenSettings,
  access: Access,
): Promise<CommandClient | undefined> {
  const canConnect = access.token !== undefined || access.baseUrl !== undefined;
  if (!canConnect && !subscription) return undefined;
  return connect(context, { access, allowUnknownEvents: true });
}

/** Anybody can send to a public address, so its deliveries are always signed. */
function makeUpSecret({ hide }: Context): string {
  const secret = randomBytes(24).toString("base64url");
  hide(secret);
  return secret;
}

async function openRecord({ io, options }: Context): Promise<RecordFile | undefined> {
  return options.record === undefined ? undefined : openRecordFile(resolve(io.cwd, options.record));
}
