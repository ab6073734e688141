import { expect, it } from "vitest";
import { createReceiver, signBody } from "../../src/receiver/index.js";

const secret = "a secret of our own";
const { fetch: receive } = createReceiver({ secret });

async function requestOf(): Promise<Request> {
  const body = JSON.stringify({ event_type: "message.read", data: {} });
  const headers = { "x-webhook-signature": await signBody(body, secret) };
  return new Request("https://example.com/hook", { method: "POST", headers, body });
}

// That these assignments typecheck is half of the test.
const deno: (request: Request, info: { remoteAddr: object }) => Promise<Response> = receive;
const next: (request: Request, context: { params: Promise<object> }) => Promise<Response> = receive;
const node: (request: Request, client: { address: string }) => Promise<Response> = receive;
const worker: (request: Request, env: { KEY: string }, ctx: object) => Promise<Response> = receive;

it.each([
  ["Deno", (request: Request) => deno(request, { remoteAddr: {} })],
  ["Next", (request: Request) => next(request, { params: Promise.resolve({}) })],
  ["a Node adapter", (request: Request) => node(request, { address: "127.0.0.1" })],
  ["Cloudflare", (request: Request) => worker(request, { KEY: "" }, {})],
])("receiver.fetch accepts the second argument that %s passes", async (_name, fetch) => {
  expect((await fetch(await requestOf())).status).toBe(200);
});

it.each([null, { waitUntil: "never" }])("fetch ignores %j as a waitUntil", async (context) => {
  let finish = (): void => undefined;
  const hasFinished = new Promise<void>((resolve) => (finish = resolve));
  const { fetch, close } = createReceiver({
    secret,
    on: { "message.read": () => hasFinished },
    ackTimeout: 1,
  });
  // Callers without types can pass anything.
  expect((await fetch(await requestOf(), context as object)).status).toBe(200);
  finish();
  await close();
});
