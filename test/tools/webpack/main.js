import { createLinqClient } from "linq-webhooks";
import { createReceiver } from "linq-webhooks/receiver";
import { createSandbox } from "linq-webhooks/sandbox";

const webhook_url = "https://example.com/hook";
const secret = "a secret of our own";
const receiver = createReceiver({
  secret,
  validate: true,
  on: { "message.received": ({ data }) => console.log(data.text) },
});

async function main() {
  const sandbox = createSandbox({ receivers: { [webhook_url]: receiver.fetch } });
  const linq = createLinqClient({ token: "sandbox-token", fetch: sandbox.fetch });
  await linq.webhookSubscriptions.ensure({ webhook_url, events: ["message.received"], secret });
  await sandbox.emit("message.received", { text: "Hello!" });
}

main();
