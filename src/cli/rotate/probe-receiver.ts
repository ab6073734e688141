import type { CommandContext } from "../command.js";
import { CommandError } from "../command-error.js";
import { createExampleDelivery, PROBE_ID_START } from "../delivery/example-delivery.js";
import { post, type Reply } from "../delivery/post.js";

/** Which of the two secrets. */
export type SecretRole = "new" | "old";

/** A secret, and which it is. */
export interface GivenSecret {
  readonly role: SecretRole;
  readonly secret: string;
}

/** A delivery that the receiver has accepted. */
export interface Probe {
  readonly secret: SecretRole;
  readonly event_id: string;
  readonly status: number;
  /** In ms. */
  readonly duration: number;
}

/** What to do where a secret is refused, before anything else can be. */
const ADVICE: Readonly<Record<SecretRole, string>> = {
  new: "let the receiver take both secrets first, with `createReceiver({ secret: [newSecret, oldSecret] })`, deploy it everywhere, and run this again",
  old: "let the receiver take the old secret, too, until the change is done, with `createReceiver({ secret: [newSecret, oldSecret] })`; or leave --old-secret-env out if it never had this one",
};

/**
 * Delivers an example of an event that is signed with a secret.
 *
 * @param timeout - how long to wait for the answer, in ms.
 * @throws {CommandError} unless the receiver accepts it.
 */
export async function probeReceiver(
  context: Pick<CommandContext, "io" | "redact">,
  target: { readonly url: string; readonly event: string },
  { role, secret }: GivenSecret,
  timeout: number,
): Promise<Probe> {
  const options = { secret, idStart: PROBE_ID_START };
  const { eventId, message } = await createExampleDelivery(target.event, context.io, options);
  const reply = await post(context, target.url, message, timeout);
  if (reply.kind === "answer" && reply.status >= 200 && reply.status < 300) {
    const { status, duration } = reply;
    return { secret: role, event_id: eventId, status, duration };
  }
  throw new CommandError(
    `${role}_secret_not_accepted`,
    `nothing was changed, since the receiver does not accept a delivery that is signed with the ${role} secret: ${describeReply(reply)}; ${adviseOn(reply, role)}`,
  );
}

/** How much of an answer is shown, in characters. */
const MAX_QUOTE = 200;

function describeReply(reply: Reply): string {
  switch (reply.kind) {
    case "timeout":
      return "it did not answer in time";
    case "no_connection":
      return `no answer came${reply.reason === undefined ? "" : ` (${reply.reason})`}`;
    case "answer":
      return `it answered ${reply.status}${reply.text === "" ? "" : ` ("${reply.text.slice(0, MAX_QUOTE)}")`}`;
  }
}

/** Only these two statuses are about the secret. */
function adviseOn(reply: Reply, role: SecretRole): string {
  const isRefusal = reply.kind === "answer" && (reply.status === 401 || reply.status === 403);
  return isRefusal
    ? ADVICE[role]
    : "`linq-webhooks doctor --url URL` says more; --no-probe goes on without asking the receiver";
}
