/**
 * The program that most projects compile and run. It imports every entry and handles a delivery of the
 * sandbox. It has no top-level `await`, so that it also compiles to CommonJS.
 */
import { createLinqClient } from "linq-webhooks";
import { createReceiver } from "linq-webhooks/receiver";
import { createSandbox } from "linq-webhooks/sandbox";
import { createRedisStore } from "linq-webhooks/stores";
import { planSync } from "linq-webhooks/sync";
import { testDeliveryStore } from "linq-webhooks/testing";

const webhook_url = "https://example.com/hook";
const secret = "a secret of our own";

/** Subscribes, receives one delivery, and returns the results in one line. */
export async function rehearse(): Promise<string> {
  const handled: string[] = [];
  const receiver = createReceiver({
    secret,
    validate: true,
    on: {
      "message.received": ({ data }) => handled.push(data.text),
      // @ts-expect-error A text is not a number. If the types were missing, this would compile.
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
