/**
 * A server with the operations of the API that an apply needs. It stores every input unchecked, and
 * answers after the number of ms in its argument. It sends its port to its parent and exits with it.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";

const latency = Number(process.argv[2]);
let rows: object[] = [];

const server = createServer((request, response) => {
  void text(request).then(async (body) => {
    if (latency > 0) await pause(latency);
    const answer = answerTo(request.method, body);
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(JSON.stringify(answer.body));
  });
});

function answerTo(method: string | undefined, body: string): { status: number; body: unknown } {
  if (method === "GET") return { status: 200, body: { webhook_subscriptions: rows } };
  if (method === "DELETE") {
    rows = [];
    return { status: 200, body: {} };
  }
  const { webhook_subscription: input } = JSON.parse(body) as { webhook_subscription: object };
  const row = { id: rows.length + 1, ...input, secret_configured: false, delivery_attempts: 0 };
  rows.push(row);
  return { status: 201, body: { webhook_subscription: row } };
}

server.listen(0, "127.0.0.1", () => {
  process.send?.((server.address() as AddressInfo).port); // The address of a TCP port has this form.
});
process.once("disconnect", () => {
  server.closeAllConnections();
  server.close();
});
