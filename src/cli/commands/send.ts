import { resolve } from "node:path";
import { isRecord } from "../../checks/check-fields.js";
import { parseUrl } from "../../checks/parse-url.js";
import { type CommandContext, defineCommand } from "../command.js";
import { CommandError } from "../command-error.js";
import { createExampleDelivery } from "../delivery/example-delivery.js";
import { type Answer, type Message, post } from "../delivery/post.js";
import { readText } from "../input/read-text.js";
import { checkEvent } from "../input/check-event.js";
import { EVENTS_OPTION } from "../input/connect.js";
import { readSecret, SECRET_OPTIONS } from "../input/read-secret.js";
import { readTimeout } from "../input/read-timeout.js";
import type { Io } from "../io.js";
import { printable } from "../output/printable.js";

/** Sends an example of an event to a receiver, as the API would. */
export const send = defineCommand({
  positionals: ["event"],
  options: {
    to: { type: "string", value: "<url>", summary: "the receiver; required" },
    ...SECRET_OPTIONS,
    "data-file": {
      type: "string",
      value: "<path>",
      summary: "put the fields of this JSON object over those of the example",
    },
    timeout: { type: "string", value: "<seconds>", summary: "how long to wait, 30 unless given" },
    ...EVENTS_OPTION,
  },
  examples: [
    "send message.received --to http://localhost:3000/hook --secret-env HOOK_SECRET",
    "send call.completed --to http://localhost:3000/hook --data-file call.json",
  ],
  notes: [
    "It goes straight to the receiver and needs neither a token nor a subscription. Redirects are not followed. An answer that is not 2xx is an error.",
  ],
  run: async (context) => {
    const { io, options, positionals, print, printJson, style } = context;
    const type = checkEvent(positionals[0], options["allow-unknown-events"]);
    const to = readUrl(options.to);
    const timeout = readTimeout(options.timeout ?? "30");
    const secret = await readSecret(context);
    const data = await readData(options["data-file"], io);
    const { eventId, message } = await createExampleDelivery(type, io, { secret, data });
    const { status, text, duration } = await deliver(context, to, message, timeout);
    const isSigned = secret !== undefined;
    const isTaken = status >= 200 && status < 300;
    if (options.json) {
      const event = { event_type: type, event_id: eventId, signed: isSigned };
      printJson({ ...event, status, duration, answer: text });
    } else {
      const outcome = style(isTaken ? "good" : "bad", String(status));
      print(
        `${outcome} in ${duration} ms: ${type} ${eventId}, ${isSigned ? "signed" : "not signed"}`,
      );
      if (text !== "") print(printable(text));
    }
    if (isTaken) return 0;
    const words = text === "" ? "said nothing, so look at its log" : `said: ${text}`;
    throw new CommandError(
      "not_taken",
      status >= 300 && status < 400
        ? `the receiver redirects (${status}), which is not followed; give its final URL as --to`
        : `the receiver answered ${status}; ${ADVICE[status] ?? "only 2xx counts as delivered"}. It ${words}`,
    );
  },
});

/** What to do, for the statuses that tell where the mistake is. */
const ADVICE: Readonly<Record<number, string>> = {
  404: "nothing takes deliveries at this path, so check --to",
  405: "what is at this path takes no POST, so check --to",
};

/** @throws {CommandError} when no answer comes. */
async function deliver(
  context: Pick<CommandContext, "io" | "redact">,
  to: string,
  message: Message,
  timeout: number,
): Promise<Answer> {
  const reply = await post(context, to, message, timeout);
  switch (reply.kind) {
    case "answer":
      return reply;
    case "timeout":
      throw new CommandError("timeout", `the receiver did not answer within ${timeout / 1000} s`, {
        cause: reply.cause,
      });
    case "no_connection":
      throw new CommandError(
        "connection_error",
        `no answer came${reply.reason === undefined ? "" : ` (${reply.reason})`}; check --to, and whether the receiver is running`,
        { cause: reply.cause },
      );
  }
}

function readUrl(to: string | undefined): string {
  if (to === undefined) throw new CommandError("usage", "--to is missing: --to=<url>");
  // What is no URL, or one that fetch refuses, must not come up in an error of fetch.
  const url = parseUrl(to);
  if (url) {
    const { protocol, href } = url;
    const isWeb = protocol === "http:" || protocol === "https:";
    if (isWeb && !href.split("/", 3).join("/").includes("@")) return to;
  }
  throw new CommandError(
    "usage",
    '--to must be an absolute URL without credentials, such as "http://localhost:3000/hook"',
  );
}

async function readData(
  path: string | undefined,
  { cwd }: Io,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (path === undefined) return undefined;
  const { text, failure } = await readText(resolve(cwd, path));
  if (failure !== undefined) {
    throw new CommandError("data", `--data-file must name a JSON file, but ${failure}`);
  }
  const data = parseJson(text);
  if (isRecord(data)) return data;
  throw new CommandError("data", "the file that --data-file names must hold one JSON object");
}

/** Undefined for what is not JSON; the parser's own words would quote it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
