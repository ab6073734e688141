const { createLinqClient } = require("linq-webhooks");
const { createReceiver } = require("linq-webhooks/receiver");
const { createSandbox } = require("linq-webhooks/sandbox");

const webhook_url = "https://example.com/hook";
const secret = "a secret of our own";

test("a delivery reaches its handler", async () => {
  const handler = jest.fn();
  const receiver = createReceiver({ secret, validate: true, on: { "message.received": handler } });
  const sandbox = createSandbox({ receivers: { [webhook_url]: receiver.fetch } });
  const linq = createLinqClient({ token: "sandbox-token", fetch: sandbox.fetch });
  await linq.webhookSubscriptions.ensure({ webhook_url, events: ["message.received"], secret });

  const [delivery] = await sandbox.emit("message.received", { text: "Hello!" });

  expect(delivery.status).toBe(200);
  expect(handler.mock.calls).toMatchObject([[{ data: { text: "Hello!" } }]]);
});
