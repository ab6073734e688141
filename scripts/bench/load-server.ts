/**
 * A server for the load: `bare` does the HMAC and the parsing by hand, `ours` runs the receiver.
 * Prints its port, and ends with its parent.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequestListener } from "@remix-run/node-fetch-server";
import { built } from "./built.js";
import { FORGETFUL, secret } from "./verify.js";

const bare: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks);
    const expected = createHmac("sha256", secret).update(body).digest();
    const header = String(request.headers["x-webhook-signature"]);
    const given = Buffer.from(header.slice(7), "hex");
    response.statusCode = timingSafeEqual(expected, given) ? 200 : 401;
    JSON.parse(body.toString());
    response.end();
  });
};

async function createListener(name: string | undefined): Promise<RequestListener> {
  if (name === "bare") return bare;
  const { createReceiver } = await built("receiver/index.js");
  const receiver = createReceiver({
    secret,
    store: FORGETFUL,
    on: { "message.received": () => 0 },
  });
  if (name === "fetch") return createRequestListener((request) => receiver.fetch(request));
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { headers } = request;
      void receiver.receive({ body: Buffer.concat(chunks), headers }).then(({ status, body }) => {
        response.statusCode = status;
        response.end(body);
      });
    });
  };
}

const server = createServer(await createListener(process.argv[2]));
server.listen(0, "127.0.0.1", () => {
  process.send?.((server.address() as AddressInfo).port); // On a TCP port it has this form.
});
process.once("disconnect", () => {
  server.closeAllConnections();
  server.close();
});
