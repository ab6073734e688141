import nodeFetch from "node-fetch";
import { createRequire } from "node:module";
import { request as startRequest } from "node:http";
import { text as readText } from "node:stream/consumers";
import { fetch as undiciFetch } from "undici";

type Fetch = typeof globalThis.fetch;

/** Version 2, which has no types for ESM. */
const nodeFetch2: unknown = createRequire(import.meta.url)("node-fetch-2");

/** What people pass as `fetch`, or use in its place. */
export const REPLACEMENTS: readonly (readonly [name: string, fetch: Fetch])[] = [
  ["Node's own", globalThis.fetch],
  // Each accepts the arguments of `fetch`, and returns something like its response.
  ["node-fetch 3", nodeFetch as unknown as Fetch],
  ["node-fetch 2", nodeFetch2 as Fetch],
  ["undici's own", undiciFetch as unknown as Fetch],
  ["one like React Native's", reactNativeLike],
  ["one with plain headers", withPlainHeaders],
  ["one whose body has no cancel()", withoutCancel],
];

/** No streams, no `redirected`, no `bodyUsed`: what the polyfill over XMLHttpRequest gives. */
async function reactNativeLike(input: Parameters<Fetch>[0], init?: RequestInit): Promise<Response> {
  const { status, headers, text } = await exchange(input, init);
  const response = {
    ...{
      type: "default",
      status,
      ok: status >= 200 && status < 300,
      statusText: "",
      url: urlOf(input),
    },
    headers: new Headers(headers),
    text: () => Promise.resolve(text),
  };
  return response as Response;
}

async function withPlainHeaders(
  input: Parameters<Fetch>[0],
  init?: RequestInit,
): Promise<Response> {
  const { status, headers, text } = await exchange(input, init);
  return { status, headers, text: () => Promise.resolve(text) } as unknown as Response;
}

async function withoutCancel(input: Parameters<Fetch>[0], init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  const { status, headers, type } = response;
  return { status, headers, type, body: {}, text: () => response.text() } as unknown as Response;
}

interface Exchanged {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly text: string;
}

/** One request over `node:http`, which follows no redirect. */
async function exchange(input: Parameters<Fetch>[0], init: RequestInit = {}): Promise<Exchanged> {
  const { method = "GET", headers, body, signal } = init;
  return new Promise((resolve, reject) => {
    const options = {
      method,
      headers: Object.fromEntries(new Headers(headers)),
      ...(signal && { signal }),
    };
    const request = startRequest(urlOf(input), options, (response) => {
      const { statusCode: status = 0, headers: received } = response;
      const pairs = Object.entries(received).map(([name, value]) => [name, String(value)]);
      readText(response).then((text) => {
        resolve({ status, headers: Object.fromEntries(pairs) as Record<string, string>, text });
      }, reject);
    });
    request.on("error", reject);
    request.end(typeof body === "string" ? body : undefined);
  });
}

function urlOf(input: Parameters<Fetch>[0]): string {
  return input instanceof Request ? input.url : input.toString();
}
