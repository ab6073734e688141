import { Agent, createServer, request as send, type RequestListener } from "node:http";
import { once } from "node:events";
import { expect, it } from "vitest";
import { createReceiver, type Receiver, signBody } from "../../src/receiver/index.js";
import { chunkOf, headOf, talkTo } from "./raw-client.js";
import { express, type Middleware } from "./express.js";
import { serveListener } from "./serve-receiver.js";

const secret = "a secret of our own";
const body = JSON.stringify({
  event_type: "message.received",
  event_id: "e1",
  data: { text: "Grüße 👋" },
});
const headers = {
  "content-type": "application/json",
  "x-webhook-signature": await signBody(body, secret),
};

interface Observed extends Receiver {
  readonly handled: unknown[];
  /** Why deliveries were refused. */
  readonly reasons: unknown[];
}

function observe(maxBodyBytes = 1_000): Observed {
  const handled: unknown[] = [];
  const reasons: unknown[] = [];
  const receiver = createReceiver({
    secret,
    maxBodyBytes,
    on: { "message.received": ({ data }) => handled.push(data.text) },
    onRefused: (error) => reasons.push("reason" in error ? error.reason : error.status),
  });
  return { ...receiver, handled, reasons };
}

async function post(url: string, more: object = {}): Promise<Response> {
  return fetch(url, { method: "POST", headers: { ...headers, ...more }, body });
}

// That this typechecks is half of the test.
const listener: RequestListener = observe().node;

it("is a listener that createServer accepts", async () => {
  const { url } = await serveListener(listener);
  const answer = await post(url);
  expect([answer.status, await answer.text()]).toEqual([200, ""]);
});

it("answers with the same text as `fetch`", async () => {
  const receiver = observe();
  const { url } = await serveListener(receiver.node);
  const forged = { method: "POST", headers: { ...headers }, body: `${body} ` };
  const [byNode, byFetch] = [
    await fetch(url, forged),
    await receiver.fetch(new Request(url, forged)),
  ];
  expect(byNode.status).toBe(401);
  expect(byNode.headers.get("content-type")).toBe(byFetch.headers.get("content-type"));
  expect(await byNode.text()).toBe(await byFetch.text());
});

it.each(["GET", "PUT", "DELETE"])("answers %s with 405", async (method) => {
  const { url } = await serveListener(observe().node);
  const answer = await fetch(url, { method });
  expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
});

it.each([
  [413, { ...headers, "content-length": 1_001 }],
  [401, { "content-length": 900 }],
])("answers %i before the body arrives, and closes the connection", async (status, head) => {
  const { port } = await serveListener(observe().node);
  const { send: say, end } = await talkTo(port);
  await say(headOf(head));
  expect(await end).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*connection: close`, "i"));
});

it("answers one delivery after the other on one connection", async () => {
  const receiver = observe();
  let connections = 0;
  const server = createServer(receiver.node).on("connection", () => connections++);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { port } = server.address() as { port: number }; // Of a TCP server.
  const statuses: unknown[] = [];
  // A wrong body does not affect the connection.
  for (const text of [body, `${body} `, body]) {
    const request = send({ port, host: "127.0.0.1", method: "POST", agent, headers });
    request.end(text);
    const [answer] = (await once(request, "response")) as [
      NodeJS.ReadableStream & { statusCode: number },
    ];
    statuses.push(answer.statusCode);
    await once(answer.resume(), "end");
  }
  agent.destroy();
  server.close();
  expect([statuses, connections]).toEqual([[200, 401, 200], 1]);
});

it("leaves the bytes of a body that arrives in pieces unchanged", async () => {
  const receiver = observe();
  const { port } = await serveListener(receiver.node);
  const { socket, send: say, end } = await talkTo(port);
  await say(headOf({ ...headers, "transfer-encoding": "chunked", connection: "close" }));
  // Characters are split between chunks.
  for (const byte of Buffer.from(body)) {
    socket.write(Buffer.from([...Buffer.from("1\r\n"), byte, ...Buffer.from("\r\n")]));
  }
  await say(chunkOf(""));
  expect(await end).toMatch(/^HTTP\/1.1 200 /);
  expect(receiver.handled).toEqual(["Grüße 👋"]);
});

it("does not fail when something else has already answered", async () => {
  const receiver = observe();
  const { url } = await serveListener((request, response) => {
    response.writeHead(504).end();
    receiver.node(request, response);
  });
  expect((await post(url)).status).toBe(504);
});

it("works behind a route of Express", async () => {
  const receiver = observe();
  const app = express().post("/hook", receiver.node).use(express.json());
  const { url } = await serveListener(app);
  expect((await post(url)).status).toBe(200);
  expect(receiver.handled).toEqual(["Grüße 👋"]);
});

it.each([
  ["express.raw()", express.raw({ type: () => true })],
  ["express.text()", express.text({ type: () => true })],
  ["a parser of another type", express.urlencoded()],
])("accepts the raw body that %s has left", async (_name, parser) => {
  const receiver = observe();
  const { url } = await serveListener(express().use(parser).post("/hook", receiver.node));
  expect((await post(url)).status).toBe(200);
  expect(receiver.handled).toEqual(["Grüße 👋"]);
});

it("applies the limit to a body that a parser has left", async () => {
  const receiver = observe(20);
  const raw = express.raw({ type: () => true });
  const { url } = await serveListener(express().use(raw).post("/hook", receiver.node));
  expect((await post(url)).status).toBe(413);
});

it.each([
  ["express.json() has parsed", express.json()],
  [
    "something has read and thrown away",
    ((request, _response, next) => {
      request.resume().once("end", next);
    }) satisfies Middleware,
  ],
])("refuses a body that %s because it is not the raw body", async (_name, before) => {
  const receiver = observe();
  const { url } = await serveListener(express().use(before).post("/hook", receiver.node));
  const answer = await post(url);
  expect(answer.status).toBe(401);
  expect(await answer.text()).toContain("take the raw body before the parser does");
  expect(receiver.reasons).toEqual(["body_not_raw"]);
  expect(receiver.handled).toEqual([]);
});
