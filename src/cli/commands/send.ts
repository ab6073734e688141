import { parseUrl } from "../../checks/parse-url.js";
import { type CommandContext, type COMMON_OPTIONS, defineCommand } from "../command.js";
import { CommandError } from "../command-error.js";
import type { CapturedDelivery } from "../delivery/captured-delivery.js";
import { type Answer, type Message, post } from "../delivery/post.js";
import { DELIVERY_OPTIONS, prepareDelivery } from "../delivery/prepare-delivery.js";
import { readTimeout } from "../input/read-timeout.js";
import { printable } from "../output/printable.js";

/** Sends an example event to a receiver, as the API would, or resends a captured delivery. */
export const send = defineCommand({
  positionals: [],
  optionalPositionals: ["event"],
  options: {
    to: { type: "string", value: "<url>", summary: "the receiver; required" },
    ...DELIVERY_OPTIONS,
    twice: {
      type: "boolean",
      summary: "send the same event id twice, and print both answers",
    },
    timeout: { type: "string", value: "<seconds>", summary: "how long to wait (default: 30)" },
  },
  examples: [
    "send message.received --to http://localhost:3000/hook --secret-env HOOK_SECRET",
    "send call.completed --to http://localhost:3000/hook --data-file call.json",
    "send message.received --to http://localhost:3000/hook --secret-env HOOK_SECRET --twice",
    "send --body-file captured.json --signature sha256=5d1c... --to http://localhost:3000/hook",
  ],
  notes: [
    "It sends straight to the receiver, and needs neither a token nor a subscription. It does not follow redirects. An answer that is not 2xx is an error.",
    "A captured body is sent unchanged. --signature sends it with its original signature; --secret-env and --secret-file sign it again; without any of them it is not signed.",
  ],
  run: async (context) => {
    const { options, printJson } = context;
    const delivery = await prepareDelivery(context);
    const to = readUrl(options.to);
    const timeout = readTimeout(options.timeout ?? "30");
    const { type, eventId, note, message } = delivery;
    const first = await deliver(context, to, message, timeout);
    if (!options.json) printFirst(context, delivery, first);
    const again = options.twice ? await deliver(context, to, message, timeout, AGAIN) : undefined;
    if (options.json) {
      printJson({
        ...{ event_type: type ?? null, event_id: eventId ?? null, signed: isSigned(message), note },
        ...toDocument(first),
        ...(again && { again: toDocument(again) }),
      });
    } else if (again) {
      printAnswer(context, again, "the same event again");
    }
    if (!isTaken(first)) throw toNotTaken(first);
    if (again && !isTaken(again)) throw toNotTakenAgain(first, again);
    return 0;
  },
});

/** The start of errors about the second of two deliveries. */
const AGAIN = "the second time ";

function printFirst(
  context: CommandContext<typeof COMMON_OPTIONS>,
  { type = "a body without an event", eventId = "", note, message }: CapturedDelivery,
  answer: Answer,
): void {
  const { print, style, redact } = context;
  if (note !== undefined) print(style("careful", `note: ${note}`));
  const what = printable(redact(`${type} ${eventId}`.trim()));
  printAnswer(context, answer, `${what}, ${isSigned(message) ? "signed" : "not signed"}`);
}

function printAnswer(
  { print, style }: CommandContext<typeof COMMON_OPTIONS>,
  answer: Answer,
  what: string,
): void {
  const { status, duration, text } = answer;
  print(`${style(isTaken(answer) ? "good" : "bad", String(status))} in ${duration} ms: ${what}`);
  if (text !== "") print(printable(text));
}

function toDocument({ status, duration, text }: Answer): object {
  return { status, duration, answer: text };
}

function isSigned({ headers }: Message): boolean {
  return headers["X-Webhook-Signature"] !== undefined;
}

function isTaken({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

function toNotTaken(answer: Answer): CommandError {
  const { status } = answer;
  return new CommandError(
    "not_taken",
    status >= 300 && status < 400
      ? `the receiver redirects (${status}), and \`send\` does not follow redirects; give the final URL as --to`
      : `the receiver answered ${status}; ${ADVICE[status] ?? "only 2xx counts as delivered"}. ${quote(answer)}`,
  );
}

function toNotTakenAgain(first: Answer, again: Answer): CommandError {
  return new CommandError(
    "not_taken_again",
    `the receiver answered ${first.status}, and ${again.status} to the same event again; it must answer a repeated event with 2xx, too, as \`createReceiver\` does, because only 2xx counts as delivered. ${quote(again)}`,
  );
}

function quote({ text }: Answer): string {
  return text === "" ? "Its answer has no body, so look at its log" : `It said: ${text}`;
}

/** Advice for the statuses that locate the mistake. */
const ADVICE: Readonly<Record<number, string>> = {
  404: "nothing takes deliveries at this path, so check --to",
  405: "the server does not accept POST at this path, so check --to",
};

/** @throws {CommandError} when the receiver does not answer. */
async function deliver(
  context: Pick<CommandContext, "io" | "redact">,
  to: string,
  message: Message,
  timeout: number,
  when = "",
): Promise<Answer> {
  const reply = await post(context, to, message, timeout);
  switch (reply.kind) {
    case "answer":
      return reply;
    case "timeout":
      throw new CommandError(
        "timeout",
        `${when}the receiver did not answer within ${timeout / 1000} s`,
        { cause: reply.cause },
      );
    case "no_connection":
      throw new CommandError(
        "connection_error",
        `${when}no answer came${reply.reason === undefined ? "" : ` (${reply.reason})`}; check --to, and whether the receiver is running`,
        { cause: reply.cause },
      );
  }
}

function readUrl(to: string | undefined): string {
  if (to === undefined) throw new CommandError("usage", "--to is missing: --to=<url>");
  // Checked here, because an error of fetch would print a URL that fetch refuses.
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
