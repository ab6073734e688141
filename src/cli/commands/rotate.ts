import { isLinqError } from "../../errors/index.js";
import type { RotateSecretInput, WebhookSubscription } from "../../index.js";
import { toShow } from "../../subscriptions/subscription.js";
import { type CommandContext, defineCommand } from "../command.js";
import { CommandError } from "../command-error.js";
import { nameAll } from "../doctor/check-subscriptions.js";
import { confirm, CONFIRM_OPTIONS } from "../input/confirm.js";
import { API_OPTIONS, type CommandClient, connect } from "../input/connect.js";
import { describeError } from "../output/describe-error.js";
import { printable } from "../output/printable.js";
import { checkAgain } from "../rotate/check-again.js";
import { findTargets } from "../rotate/find-targets.js";
import { type Probe, probeReceiver } from "../rotate/probe-receiver.js";
import { readRotation, ROTATION_OPTIONS } from "../rotate/read-rotation.js";

const OPTIONS = {
  ...API_OPTIONS,
  // Its time-out limits the wait for the receiver.
  ...ROTATION_OPTIONS,
  "no-probe": { type: "boolean", summary: "send nothing to the receiver" },
  ...CONFIRM_OPTIONS,
} as const;

type Context = CommandContext<typeof OPTIONS>;

/** Changes the secret of a URL without losing a delivery. */
export const rotate = defineCommand({
  positionals: [],
  options: OPTIONS,
  examples: [
    "rotate --url https://example.com/hook --new-secret-env NEW_SECRET --old-secret-env OLD_SECRET",
  ],
  notes: [
    "First make the receiver accept both secrets, with `createReceiver({ secret: [newSecret, oldSecret] })`, and deploy it. Then run this command: it delivers one example event to the URL for each given secret, signed with that secret. Only if the receiver accepts them does it write the new secret to every active subscription of the URL. Inactive subscriptions keep theirs. The ids of these events begin with d0c70000.",
    "After an interruption at any moment, run it again; the outcome is the same.",
  ],
  run: async (context) => {
    const { io, options, print, printJson, style } = context;
    const { url, secrets, timeout } = await readRotation(context);
    const linq = await connect(context, { waitsAsGiven: false });
    const list = await linq.webhookSubscriptions.list({ signal: io.signal });
    const targets = findTargets(url, list);
    await confirm(context, describePlan(context, url, targets));

    const probes: Probe[] = [];
    const [event = "message.received"] = targets[0].events;
    for (const given of options["no-probe"] ? [] : secrets) {
      probes.push(await probeReceiver(context, { url, event }, given, timeout));
    }
    const [{ secret }] = secrets;
    const written = await write(context, linq, { webhook_url: url, secret });
    const later = await linq.webhookSubscriptions.list({ signal: io.signal });
    const subscriptions = toShow(checkAgain(written, later));

    if (options.json) {
      printJson({ subscriptions, probes, next: NEXT });
    } else {
      for (const probe of probes) print(describeProbe(probe));
      print(style("good", `Changed the secret of ${nameAll(written)}, and nothing else.`));
      print(NEXT);
    }
    return 0;
  },
});

const NEXT =
  "Next: keep both secrets in the receiver for a day, because deliveries under way are signed with the old one, and Linq does not document for how long it retries them. Then remove the old secret.";

function describePlan(
  { options, redact }: Context,
  url: string,
  targets: readonly WebhookSubscription[],
): string {
  const what = `change the secret of ${nameAll(targets)} (${printable(redact(url))})`;
  return options["no-probe"]
    ? `Without a test of the receiver, ${what}`
    : `Deliver an example event to the receiver, and if the receiver accepts it, ${what}`;
}

/** Writes the secret. The advice after a failure is the same whatever has been written. */
async function write(
  { io: { signal, stderr } }: Context,
  linq: CommandClient,
  input: RotateSecretInput,
): Promise<readonly WebhookSubscription[]> {
  try {
    const { subscriptions } = await linq.webhookSubscriptions.rotateSecret(input, { signal });
    return subscriptions;
  } catch (error) {
    if (signal.aborted) stderr.write(`Interrupted: ${AGAIN}.\n`);
    if (signal.aborted || !isLinqError(error)) throw error;
    const { code, message } = describeError(error);
    throw new CommandError(code, `${message}; ${AGAIN}`, { cause: error });
  }
}

const AGAIN =
  "the new secret may or may not have been written, so keep both secrets in the receiver, and run the same command again";

function describeProbe({ secret, status, duration, event_id }: Probe): string {
  return `The receiver accepts the ${secret} secret: ${status} in ${duration} ms (event ${event_id}).`;
}
