import type { CommandContext } from "../command.js";
import { createExampleDelivery, PROBE_ID_START } from "../delivery/example-delivery.js";
import { post } from "../delivery/post.js";
import { checkAddress, resolveHost } from "./check-address.js";
import { checkCertificate, checkPlainHttp } from "./check-certificate.js";
import { checkDuration } from "./check-duration.js";
import { checkSigned } from "./check-signed.js";
import { checkUnsigned } from "./check-unsigned.js";
import type { UrlQuestion } from "./examine-url.js";
import type { Finding } from "./finding.js";
import { readCertificate } from "./read-certificate.js";

/** The question about a receiver. */
interface ReceiverQuestion extends UrlQuestion {
  /** The event to send to the receiver. */
  readonly event: string;
  /** Whether the API is also on this machine. */
  readonly isLocal: boolean;
  /** Whether the API signs its deliveries; undefined if unknown. */
  readonly isSigned: boolean | undefined;
}

/** Checks a receiver step by step: its DNS name, its certificate, and its answers. */
export async function* examineReceiver(
  context: Pick<CommandContext, "io" | "redact">,
  question: ReceiverQuestion,
): AsyncGenerator<Finding> {
  const { signal, now } = context.io;
  const { isLocal, timeout } = question;
  const url = new URL(question.url);
  const resolution = await resolveHost(url);
  signal.throwIfAborted();
  yield checkAddress(url.host, resolution, isLocal);
  if (resolution.addresses === undefined) return;
  if (url.protocol === "https:") {
    const reading = await readCertificate(url, timeout, signal);
    signal.throwIfAborted();
    const finding = checkCertificate(reading, now());
    yield finding;
    // A client that verifies certificates would not send anything to this server.
    if (finding.outcome === "failure") return;
  } else {
    yield checkPlainHttp(isLocal);
  }
  yield* examineAnswers(context, question);
}

async function* examineAnswers(
  context: Pick<CommandContext, "io" | "redact">,
  { url, event, secret, isSigned, timeout }: ReceiverQuestion,
): AsyncGenerator<Finding> {
  const idStart = PROBE_ID_START;
  const bare = await createExampleDelivery(event, context.io, { idStart });
  const reply = await post(context, url, bare.message, timeout);
  if (secret === undefined || reply.kind !== "answer") {
    yield checkUnsigned(reply, { isSigned, signed: undefined });
    if (reply.kind === "answer") yield checkDuration(reply);
    return;
  }
  // Sent after any answer to the unsigned request, because a receiver may hide from those.
  const example = await createExampleDelivery(event, context.io, { secret, idStart });
  const signed = await post(context, url, example.message, timeout);
  yield checkUnsigned(reply, { isSigned, signed });
  yield checkSigned(signed, example.eventId);
  if (signed.kind === "answer") yield checkDuration(signed);
}
