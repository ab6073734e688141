import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { createRequestListener } from "@remix-run/node-fetch-server";
import { expect, onTestFinished, test } from "vitest";
import { createReceiver, type Receiver } from "../../src/receiver/index.js";

const CONNECTIONS = 500;
const MEGABYTE = 1_048_576;
const WELL_FORMED = `sha256=${"0".repeat(64)}`;

function create(): Receiver {
  return createReceiver({ secret: "a secret of our own", onRefused: () => undefined });
}

test.each<[string, Record<string, string>]>([
  ["without a signature", {}],
  ["with one that is none", { "X-Webhook-Signature": "sha256=0" }],
  ["with that of version 3", { "webhook-signature": "v1,AAAA" }],
])("reads no body of a delivery %s", async (_what, headers) => {
  let pulls = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        pulls++;
        controller.enqueue(new Uint8Array(MEGABYTE));
      },
    },
    { highWaterMark: 0 },
  );
  const init = { method: "POST", headers, body, duplex: "half" } as RequestInit;
  const { status, headers: answered } = await create().fetch(new Request("http://x/hook", init));
  expect(status).toBe(401);
  // Otherwise Node would read the rest of it.
  expect(answered.get("connection")).toBe("close");
  expect(pulls).toBe(0);
});

test("reads the body of a delivery with a well-formed signature, to verify it", async () => {
  const headers = { "X-Webhook-Signature": WELL_FORMED };
  const request = new Request("http://x/hook", { method: "POST", headers, body: "{}" });
  const { status, headers: answered } = await create().fetch(request);
  expect(status).toBe(401);
  expect(answered.get("connection")).toBeNull();
});

test("uses little memory when many strangers send simultaneously", async () => {
  const server = createServer(createRequestListener(create().fetch));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const before = process.memoryUsage();
  const chunk = Buffer.alloc(65_536);
  const answers = await Promise.all(
    Array.from(
      { length: CONNECTIONS },
      () =>
        new Promise<string>((resolve) => {
          const socket = connect(port, "127.0.0.1");
          let answer = "";
          socket.setEncoding("latin1").on("data", (text: string) => (answer += text));
          // A server that hangs up in the middle resets the connection.
          socket
            .on("error", () => undefined)
            .on("close", () => {
              resolve(answer.slice(0, 12));
            });
          socket.write(`POST /hook HTTP/1.1\r\nhost: x\r\ncontent-length: ${MEGABYTE}\r\n\r\n`);
          for (let sent = 0; sent < MEGABYTE; sent += chunk.length) socket.write(chunk);
        }),
    ),
  );
  const after = process.memoryUsage();
  const growth = (after.arrayBuffers - before.arrayBuffers) / MEGABYTE;
  console.log(
    `${CONNECTIONS} strangers with 1 MiB each: buffers grew by ${growth.toFixed(1)} MiB, resident memory by ${((after.rss - before.rss) / MEGABYTE).toFixed(0)} MiB`,
  );
  expect(answers.filter((answer) => answer !== "" && answer !== "HTTP/1.1 401")).toEqual([]);
  expect(answers.filter((answer) => answer === "HTTP/1.1 401").length).toBeGreaterThan(0);
  expect(growth).toBeLessThan(CONNECTIONS / 10);
});
