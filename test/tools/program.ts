/**
 * What the projects compile and run as their own: all entries, and a delivery of the sandbox. It keeps
 * to what every format of modules has.
 */
import { createLinqClient } from "linq-webhooks";
import { createReceiver } from "linq-webhooks/receiver";
import { createSandbox } from "linq-webhooks/sandbox";
import { createRedisStore } from "linq-webhooks/stores";
import { planSync } from "linq-webhooks/sync";
import { testDeliveryStore } from "linq-webhooks/testing";

const webhook_url = "https://example.com/hook";
const secret = "a secret of our own";

/** Subscribes, takes one delivery, and says in a line what has come of it. */
export async function rehearse(): Promise<string> {
  const handled: string[] = [];
  const receiver = createReceiver({
    secret,
    validate: true,
    on: {
      "message.received": ({ data }) => handled.push(data.text),
      // @ts-expect-error No text is a number: types that are not found would let this pass.
      "message.sent": ({ data }) => data.text satisfies number,
    },
  });
  const sandbox = createSandbox({ receivers: { [webhook_url]: receiver.fetch } });
  const linq = createLinqClient({ token: "sandbox-token", fetch: sandbox.fetch });
  const input = { webhook_url, events: ["message.received" as const] };
  const { outcome } = await linq.webhookSubscriptions.ensure({ ...input, secret });
  const [delivery] = await sandbox.emit("message.received", { text: "Hello!" });
  const { steps } = planSync([input], await linq.webhookSubscriptions.list());
  const others = [typeof createRedisStore, typeof testDeliveryStore];
  return [
    outcome,
    delivery?.status,
    ...handled,
    ...steps.map(({ action }) => action),
    ...others,
  ].join(" ");
}
