/**
 * A server for the load test: `bare` and `bare-fetch` verify and parse by hand, the others run the
 * receiver. It sends its port to its parent, answers messages with its CPU time in ms, and exits with
 * its parent.
 */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequestListener } from "@remix-run/node-fetch-server";
import { built } from "./built.js";
import { cpuTime } from "./measure.js";
import { FORGETFUL, isSignedByHand, secret } from "./verify.js";

const bare: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks);
    response.statusCode = isSignedByHand(body, request.headers) ? 200 : 401;
    JSON.parse(body.toString());
    response.end();
  });
};

/** The same with `Request` and `Response`. */
const bareFetch = createRequestListener(async (request) => {
  const body = new Uint8Array(await request.arrayBuffer());
  const signature = request.headers.get("x-webhook-signature");
  const isSigned = isSignedByHand(body, { "x-webhook-signature": signature });
  JSON.parse(new TextDecoder().decode(body));
  return new Response("", { status: isSigned ? 200 : 401 });
});

async function createListener(name: string | undefined): Promise<RequestListener> {
  if (name === "bare") return bare;
  if (name === "bare-fetch") return bareFetch;
  const { createReceiver } = await built("receiver/index.js");
  const receiver = createReceiver({
    secret,
    store: FORGETFUL,
    on: { "message.received": () => 0 },
  });
  if (name === "node") return receiver.node;
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
  process.send?.((server.address() as AddressInfo).port); // The address of a TCP port has this form.
});
process.on("message", () => process.send?.(cpuTime()));
process.once("disconnect", () => {
  server.closeAllConnections();
  server.close();
});
