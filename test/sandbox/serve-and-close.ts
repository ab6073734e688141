import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createSandbox } from "../../src/sandbox/index.js";
import { buildInput, buildRequest } from "./call-api.js";

// Serves a sandbox, uses it with connections that are kept alive, closes it, and comes to its end.
const receiver = createServer((request, response) => {
  request.resume();
  response.end("ok");
});
await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
const { port } = receiver.address() as AddressInfo; // A string is for pipes, null for before listening.

const sandbox = createSandbox();
const server = await sandbox.listen();
const body = buildInput({ webhook_url: `http://127.0.0.1:${port}/hook`, secret: "s" });
await fetch(buildRequest("createWebhookSubscription", { body, origin: server.url }));
const [delivery] = await sandbox.emit("message.received");
console.log("delivered", delivery?.status);

await server.close();
receiver.close();
receiver.closeAllConnections();
console.log("closed");
