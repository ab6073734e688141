import { createSandboxParts } from "../../sandbox/create-sandbox-parts.js";
import type { Sandbox, SandboxRequest } from "../../sandbox/index.js";
import { createListener } from "../../sandbox/wire/create-listener.node.js";
import { type CommandContext, type COMMON_OPTIONS, defineCommand } from "../command.js";
import { CommandError } from "../command-error.js";
import { checkEvent } from "../input/check-event.js";
import { EVENTS_OPTION } from "../input/connect.js";
import { readPort } from "../input/read-port.js";
import { readSeed, SEED_OPTIONS } from "../input/read-seed.js";
import type { Io } from "../io.js";
import { printDelivery, printRequest } from "../output/print-traffic.js";
import { type ServedPage, serveWithPage } from "../page/serve-with-page.js";
import { BEHAVIOUR_OPTIONS, readBehaviour } from "../sandbox/behaviour.js";
import { describeBehaviour } from "../sandbox/describe-behaviour.js";
import { createSandboxBackend, type SandboxBackend } from "../sandbox/create-sandbox-backend.js";
import {
  type Answer,
  type LocalServer,
  type Place,
  startLocalServer,
} from "../server/local-server.js";
import { untilAborted } from "../until-aborted.js";

/** The usual port of such tools, and rarely taken. */
const DEFAULT_PORT = "4010";

/** Serves the sandbox until it is interrupted. */
export const sandbox = defineCommand({
  positionals: [],
  options: {
    port: {
      type: "string",
      value: "<n>",
      summary: `serve on this port (default: ${DEFAULT_PORT}); 0 picks a free one`,
    },
    host: {
      type: "string",
      value: "<address>",
      summary: "serve on this address (default: 127.0.0.1)",
    },
    "allow-host": {
      type: "string",
      multiple: true,
      value: "<name>",
      summary: "also answer requests to this host name, such as that of a container",
    },
    ...SEED_OPTIONS,
    emit: {
      type: "string",
      multiple: true,
      value: "<event>",
      completes: "event",
      summary: "deliver an example of this event at the start and after every change",
    },
    ui: {
      type: "boolean",
      summary: "serve a page on the same port, for this machine only, and print its URL",
    },
    ...BEHAVIOUR_OPTIONS,
    ...EVENTS_OPTION,
  },
  examples: [
    "sandbox --ui",
    "sandbox --port 0 --seed subscriptions.json --emit message.received",
    "sandbox --fault status=503,times=3 --fault reset=done --switch deletion=soft",
    "sandbox --host 0.0.0.0 --allow-host sandbox",
  ],
  notes: [
    "It keeps subscriptions in memory, accepts any token, and prints each request and delivery. To send an event straight to a receiver, use `linq-webhooks send`. Ctrl-C ends it, with exit code 0.",
    ...describeBehaviour(),
  ],
  run: async (context) => {
    const { io, options } = context;
    const end = AbortSignal.any([io.signal, io.outputClosed]);
    const port = readPort(options.port ?? DEFAULT_PORT);
    const events = options.emit.map((name) => checkEvent(name, options["allow-unknown-events"]));
    const { faults, switches } = readBehaviour(context);
    const seed = await readSeed(context);

    let isServing = false;
    // The backend wraps the sandbox, whose observers call it, so it is assigned later.
    let backend: SandboxBackend | undefined;
    // Pending deliveries must not delay the end.
    const post: Io["fetch"] = (input, init) =>
      io.fetch(input, { ...init, signal: AbortSignal.any([end, init?.signal ?? end]) });
    const { sandbox: api, respond } = createSandboxParts({
      now: io.now,
      // The names have been checked above, unless the user allows unknown events.
      allowUnknownEvents: true,
      fetch: post,
      onRequest: (request) => {
        if (!isServing) return;
        printRequest(context, request);
        backend?.onRequest(request);
        if (isWrite(request)) setTimeout(emitAll, 0);
      },
      onDelivery: (delivery) => {
        if (!isServing) return;
        backend?.onDelivery(delivery);
        printDelivery(context, delivery);
      },
    });
    for (const [index, body] of seed.entries()) await create(api, body, index);
    // After the seed, because switches and faults are meant for the requests of others.
    api.setSwitches(switches);
    faults.forEach(api.inject);

    const { host = "127.0.0.1" } = options;
    const answer = createListener(respond, [host, ...options["allow-host"]]);
    if (options.ui) backend = createSandboxBackend(api, io.now, post);
    const served = await serve(context, { port, host }, answer, backend);
    isServing = true;
    announce(context, { ...served, host, subscriptions: seed.length });
    emitAll();
    await untilAborted(end);
    isServing = false;
    await served.close(0);
    return 0;

    function emitAll(): void {
      // The observer reports the outcome of each delivery; `emit` fails in no other way.
      for (const event of events) void api.emit(event);
    }
  },
});

/** Whether a request has changed a subscription. */
function isWrite({ method, status = 0 }: SandboxRequest): boolean {
  return (method === "POST" || method === "PUT") && status >= 200 && status < 300;
}

async function create({ fetch }: Sandbox, body: object, index: number): Promise<void> {
  const response = await fetch("http://localhost/api/partner/v2/webhook_subscriptions", {
    method: "POST",
    headers: { "content-type": "application/json", "X-LINQ-INTEGRATION-TOKEN": "seed" },
    body: JSON.stringify(body),
  });
  if (response.ok) return;
  const { errors } = (await response.json()) as { errors?: unknown };
  const reasons = Array.isArray(errors) ? errors.join("; ") : "it is not valid";
  throw new CommandError("seed", `--seed: subscription ${index + 1} of the file: ${reasons}`);
}

function serve(
  context: Pick<CommandContext, "io" | "redact">,
  place: Place,
  answer: Answer,
  backend: SandboxBackend | undefined,
): Promise<LocalServer & Partial<ServedPage>> {
  if (!backend) return startLocalServer(place, answer);
  return serveWithPage(context, place, () => ({ backend, answer }));
}

interface Announcement extends Pick<LocalServer, "port">, Partial<Pick<ServedPage, "pageUrl">> {
  readonly host: string;
  /** The number of subscriptions. */
  readonly subscriptions: number;
}

function announce(
  { options, print, printJson, style }: CommandContext<typeof COMMON_OPTIONS>,
  { host, port, subscriptions, pageUrl }: Announcement,
): void {
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  if (options.json) {
    printJson({ type: "listening", url, port, subscriptions, page: pageUrl });
    return;
  }
  print(`${style("good", `The sandbox listens on ${url}`)}, with ${subscriptions} ${subscriptions === 1 ? "subscription" : "subscriptions"}. Point a program at it:

  export LINQ_BASE_URL=${url}
  export LINQ_INTEGRATION_TOKEN=sandbox-token   # any token will do
${pageUrl === undefined ? "" : `\nThe page: ${pageUrl} (works once)\n`}
Ctrl-C ends it.`);
}
