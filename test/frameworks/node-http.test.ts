import { describe, expect, it } from "vitest";
import type { RequestListener } from "node:http";
import {
  createReceiver,
  type Receiver,
  type ReceiverOptions,
  signBody,
} from "../../src/receiver/index.js";
import { chunkOf, headOf, talkTo } from "./raw-client.js";
import { behindAdapter, type ServedReceiver, serveListener } from "./serve-receiver.js";

const secret = "a secret of our own";
const body = JSON.stringify({
  event_type: "message.received",
  event_id: "e1",
  data: { text: "Hello!" },
});
const signature = await signBody(body, secret);
const signed = { "x-webhook-signature": signature };
const close = { connection: "close" };

interface Served extends ServedReceiver {
  /** The texts of the messages that were handled. */
  readonly handled: unknown[];
  /** The statuses of the deliveries that were refused. */
  readonly refused: number[];
}

type Door = (receiver: Receiver) => RequestListener;

async function serveBy(door: Door, options: Partial<ReceiverOptions>): Promise<Served> {
  const handled: unknown[] = [];
  const refused: number[] = [];
  const receiver = createReceiver({
    secret,
    on: { "message.received": ({ data }) => handled.push(data.text) },
    onRefused: ({ status }) => refused.push(status),
    ...options,
  });
  return { ...(await serveListener(door(receiver))), handled, refused };
}

describe.each<[string, Door]>([
  ["behind an adapter", behindAdapter],
  ["on its own", ({ node }) => node],
])("a receiver on node:http, %s,", (_name, door) => {
  const serve = (options: Partial<ReceiverOptions> = {}): Promise<Served> => serveBy(door, options);

  it.each([
    ["with its length", { "content-length": body.length }, (byte: string) => byte, ""],
    ["in chunks", { "transfer-encoding": "chunked" }, chunkOf, chunkOf("")],
  ])("accepts a body that arrives byte by byte, %s", async (_name, headers, wrap, last) => {
    const { port, handled } = await serve();
    const { send, end } = await talkTo(port);
    await send(headOf({ ...signed, ...close, ...headers }));
    for (const byte of body) await send(wrap(byte));
    await send(last);
    expect(await end).toMatch(/^HTTP\/1.1 200 /);
    expect(handled).toEqual(["Hello!"]);
  });

  it("refuses a body by its length before it arrives, and closes the connection", async () => {
    const { port, handled } = await serve();
    const { send, end } = await talkTo(port);
    await send(headOf({ ...signed, "content-length": 1_048_577 }));
    expect(await end).toMatch(/^HTTP\/1.1 413 /);
    expect(handled).toEqual([]);
  });

  it("stops a body that never ends, and closes the connection", async () => {
    const { port, handled, refused, bytesRead, empty } = await serve();
    const { socket, send, end } = await talkTo(port);
    await send(headOf({ ...signed, "transfer-encoding": "chunked" }));
    const chunk = chunkOf("x".repeat(65_536));
    while (!socket.destroyed) await send(chunk);
    await end;
    await empty();
    expect(refused).toEqual([413]);
    expect(handled).toEqual([]);
    // What is read ahead of the limit and after it fits into a few buffers.
    expect(Math.max(...bytesRead())).toBeLessThan(3 * 1_048_576);
  });

  it("answers 408 and closes the connection when a body does not arrive in time", async () => {
    const { port, handled } = await serve({ ackTimeout: 20 });
    const { send, end } = await talkTo(port);
    await send(headOf({ ...signed, "content-length": body.length }));
    await send(body.slice(0, 10));
    expect(await end).toMatch(/^HTTP\/1.1 408 /);
    expect(handled).toEqual([]);
  });

  it("survives a client that disconnects in the middle of a body", async () => {
    const refusals: number[] = [];
    let refuse = (): void => undefined;
    const hasRefused = new Promise<void>((resolve) => (refuse = resolve));
    const { port, url, handled } = await serve({
      onRefused: ({ status }) => {
        refusals.push(status);
        refuse();
      },
    });
    const { socket, send } = await talkTo(port);
    await send(headOf({ ...signed, "content-length": body.length }));
    await send(body.slice(0, 10));
    socket.destroy();
    await hasRefused;
    expect(refusals).toEqual([400]);
    const { status } = await fetch(url, { method: "POST", headers: signed, body });
    expect([status, handled]).toEqual([200, ["Hello!"]]);
  });

  it("finishes a running handler when the client disconnects", async () => {
    let begin = (): void => undefined;
    let finish = (): void => undefined;
    const hasBegun = new Promise<void>((resolve) => (begin = resolve));
    const mayFinish = new Promise<void>((resolve) => (finish = resolve));
    let runs = 0;
    const { port, url, empty } = await serve({
      on: {
        "message.received": async () => {
          runs++;
          begin();
          await mayFinish;
        },
      },
    });
    const { socket, send } = await talkTo(port);
    await send(headOf({ ...signed, "content-length": body.length }) + body);
    await hasBegun;
    socket.destroy();
    await empty();
    finish();
    const { status } = await fetch(url, { method: "POST", headers: signed, body });
    expect([status, runs]).toEqual([200, 1]);
  });

  it("refuses a body that is longer than its `content-length`", async () => {
    const { port, handled, refused } = await serve();
    const { send, end } = await talkTo(port);
    await send(headOf({ ...signed, ...close, "content-length": body.length - 5 }) + body);
    await end;
    expect([refused, handled]).toEqual([[401], []]);
  });

  it("refuses a body that ends before its `content-length` is reached", async () => {
    const { port, handled } = await serve();
    const { socket, send, end } = await talkTo(port);
    await send(headOf({ ...signed, "content-length": body.length + 5 }) + body);
    socket.end();
    expect(await end).not.toMatch(/^HTTP\/1.1 200 /);
    expect(handled).toEqual([]);
  });

  it("answers 408 and closes the connection when a `content-length` is never reached", async () => {
    const { port, handled } = await serve({ ackTimeout: 20 });
    const { send, end } = await talkTo(port);
    await send(headOf({ ...signed, "content-length": body.length + 5 }) + body);
    expect(await end).toMatch(/^HTTP\/1.1 408 /);
    expect(handled).toEqual([]);
  });

  it("stops reading after it has refused a method", async () => {
    const { port, bytesRead, empty } = await serve();
    const { socket, send, end } = await talkTo(port);
    await send(headOf({ "transfer-encoding": "chunked" }).replace("POST", "PUT"));
    const chunk = chunkOf("x".repeat(65_536));
    while (!socket.destroyed) await send(chunk);
    await end;
    await empty();
    expect(Math.max(...bytesRead())).toBeLessThan(3 * 1_048_576);
  });

  it("closes the connection once it is closed, so that the server can close too", async () => {
    const receiver = createReceiver({ secret });
    await receiver.close();
    const { port } = await serveListener(door(receiver));
    const { send, end } = await talkTo(port);
    await send(headOf({ ...signed, "content-length": body.length }) + body);
    expect(await end).toMatch(/^HTTP\/1.1 503 /);
  });

  it("refuses two signatures even if one is right", async () => {
    const { port, handled } = await serve();
    const { send, end } = await talkTo(port);
    const twice = { ...signed, "X-Webhook-Signature": `sha256=${"0".repeat(64)}` };
    await send(headOf({ ...twice, ...close, "content-length": body.length }) + body);
    expect(await end).toMatch(/^HTTP\/1.1 401 /);
    expect(handled).toEqual([]);
  });
});
