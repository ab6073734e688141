import { resolve } from "node:path";
import { isRecord } from "../../checks/check-fields.js";
import type { CommandContext, OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";
import { checkEvent } from "../input/check-event.js";
import { EVENTS_OPTION } from "../input/connect.js";
import { readBytes } from "../input/read-bytes.js";
import { readSecret, SECRET_OPTIONS } from "../input/read-secret.js";
import { readText } from "../input/read-text.js";
import type { Io } from "../io.js";
import { type CapturedDelivery, createCapturedDelivery } from "./captured-delivery.js";
import { createExampleDelivery } from "./example-delivery.js";

/** The options that make a delivery. */
export const DELIVERY_OPTIONS = {
  ...SECRET_OPTIONS,
  "data-file": {
    type: "string",
    value: "<path>",
    summary: "replace fields of the example with those of this JSON object",
  },
  "body-file": {
    type: "string",
    value: "<path>",
    summary: "send a captured body byte for byte, instead of an example",
  },
  signature: {
    type: "string",
    value: "<value>",
    summary: "with --body-file: the original X-Webhook-Signature header",
  },
  ...EVENTS_OPTION,
} as const satisfies OptionSpecs;

type Context = CommandContext<typeof DELIVERY_OPTIONS>;

/**
 * Makes the delivery for the given arguments: an example event or a captured body.
 *
 * @throws {CommandError} when the options cannot be combined.
 */
export async function prepareDelivery(context: Context): Promise<CapturedDelivery> {
  const { options, positionals } = context;
  const { "body-file": path } = options;
  checkCombination(options, positionals[0]);
  if (path !== undefined) return readCapture(context, path);
  const type = checkEvent(positionals[0], options["allow-unknown-events"]);
  const secret = await readSecret(context);
  const data = await readData(options["data-file"], context.io);
  const made = await createExampleDelivery(type, context.io, { secret, data });
  return { ...made, type, note: undefined };
}

function checkCombination(options: Context["options"], event: string | undefined): void {
  const { "body-file": body, "data-file": data, signature } = options;
  const hasSecret = options["secret-env"] !== undefined || options["secret-file"] !== undefined;
  const objection =
    body === undefined
      ? objectToExample(event, signature)
      : objectToCapture(event, data, hasSecret ? signature : undefined);
  if (objection !== undefined) throw new CommandError("usage", objection);
  if (signature === undefined || SIGNATURE.test(signature)) return;
  throw new CommandError(
    "usage",
    "--signature must be an original X-Webhook-Signature header, sha256= and 64 hexadecimal digits; --secret-env makes a new signature",
  );
}

/** Any other value may be a secret, which must not be sent in a header. */
const SIGNATURE = /^sha256=[\da-f]{64}$/i;

function objectToExample(
  event: string | undefined,
  signature: string | undefined,
): string | undefined {
  if (signature !== undefined) {
    return "--signature needs a captured body: name its file with --body-file, or sign an example with --secret-env";
  }
  return event === undefined
    ? "linq-webhooks send needs <event>, or --body-file=<path> (linq-webhooks send --help)"
    : undefined;
}

function objectToCapture(
  event: string | undefined,
  data: string | undefined,
  signature: string | undefined,
): string | undefined {
  if (event !== undefined)
    return "<event> and --body-file cannot be combined: leave out <event>, because the body names it";
  if (data !== undefined) return "--data-file and --body-file cannot be combined: leave one out";
  return signature === undefined
    ? undefined
    : "--signature cannot be combined with --secret-env or --secret-file: send either the original signature or a new one";
}

async function readCapture(context: Context, path: string): Promise<CapturedDelivery> {
  const secret = await readSecret(context);
  const { bytes, failure } = await readBytes(resolve(context.io.cwd, path));
  if (failure === undefined) {
    return createCapturedDelivery(bytes, { signature: context.options.signature, secret });
  }
  throw new CommandError("body", `--body-file must name a file with a body, but ${failure}`);
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
  throw new CommandError(
    "data",
    "--data-file must name a file with one JSON object, but its content is something else",
  );
}

/** Returns undefined for text that is not JSON; the parser's own error would quote it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
