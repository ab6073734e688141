import type { CommandContext } from "../command.js";
import { CommandError } from "../command-error.js";
import { createExampleDelivery, PROBE_ID_START } from "../delivery/example-delivery.js";
import { post, type Reply } from "../delivery/post.js";

/** The role of a secret in a rotation. */
export type SecretRole = "new" | "old";

/** A secret and its role. */
export interface GivenSecret {
  readonly role: SecretRole;
  readonly secret: string;
}

/** A test delivery that the receiver has accepted. */
export interface Probe {
  readonly secret: SecretRole;
  readonly event_id: string;
  readonly status: number;
  /** In ms. */
  readonly duration: number;
}

/** The advice for a refused secret. */
const ADVICE: Readonly<Record<SecretRole, string>> = {
  new: "first make the receiver accept both secrets, with `createReceiver({ secret: [newSecret, oldSecret] })`, deploy it everywhere, and run this command again",
  old: "make the receiver accept the old secret, too, until the change is done, with `createReceiver({ secret: [newSecret, oldSecret] })`; or leave out --old-secret-env if the receiver never had this secret",
};

/**
 * Delivers an example event that is signed with a secret.
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
    `nothing was changed, because the receiver does not accept a delivery that is signed with the ${role} secret: ${describeReply(reply)}; ${adviseOn(reply, role)}`,
  );
}

/** How much of an answer to show, in characters. */
const MAX_QUOTE = 200;

function describeReply(reply: Reply): string {
  switch (reply.kind) {
    case "timeout":
      return "it did not answer in time";
    case "no_connection":
      return `it did not answer${reply.reason === undefined ? "" : ` (${reply.reason})`}`;
    case "answer":
      return `it answered ${reply.status}${reply.text === "" ? "" : ` ("${reply.text.slice(0, MAX_QUOTE)}")`}`;
  }
}

/** Only the statuses 401 and 403 are about the secret. */
function adviseOn(reply: Reply, role: SecretRole): string {
  const isRefusal = reply.kind === "answer" && (reply.status === 401 || reply.status === 403);
  return isRefusal
    ? ADVICE[role]
    : "run `linq-webhooks doctor --url URL` for details, or add --no-probe to skip the test of the receiver";
}
