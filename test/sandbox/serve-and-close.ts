import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createSandbox } from "../../src/sandbox/index.js";
import { buildInput, buildRequest } from "./call-api.js";

// Serves a sandbox, uses it with connections that are kept alive, closes it while answers are stalled
// and late, and then exits.
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

const list = (): Promise<Response> =>
  fetch(buildRequest("listWebhookSubscriptions", { origin: server.url }));
sandbox.inject({ kind: "stall" });
const stalled = await list();
console.log("stalled", stalled.status);
stalled.text().catch(() => undefined);
// An hour would keep the process alive if the timer were not stopped.
const waiting = new Promise<void>((arrived) => {
  const when = (): boolean => {
    arrived();
    return true;
  };
  sandbox.inject({ kind: "latency", ms: 3_600_000, when });
});
list().catch(() => undefined);
await waiting;

await server.close();
receiver.close();
receiver.closeAllConnections();
console.log("closed");
