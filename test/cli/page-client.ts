import { request as requestHttp } from "node:http";

/** A browser that has opened the page: it has the cookie, and sends requests as the page does. */
export interface PageClient {
  readonly origin: string;
  readonly cookie: string;
  readonly get: (path: string) => Promise<Answered>;
  readonly post: (path: string, body: object) => Promise<Answered>;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
  /** The text as JSON. */
  readonly json: () => Record<string, unknown>;
}

/** Finds the address of the page in what a command has printed. */
export function findPageUrl(written: string): string {
  const [url] = /http:\/\/127\.0\.0\.1:\d+\/_\/start\/[\w-]+/.exec(written) ?? [];
  if (url === undefined) throw new Error(`no address of a page: ${written}`);
  return url;
}

export async function openPage(url: string): Promise<PageClient> {
  const { origin } = new URL(url);
  const { status, headers } = await fetch(url, { redirect: "manual" });
  const cookie = headers.get("set-cookie")?.split(";")[0] ?? "";
  if (status !== 303 || cookie === "") throw new Error(`the page does not open: ${status}`);
  return {
    origin,
    cookie,
    get: (path) => ask(origin + path, { headers: { cookie } }),
    post: (path, body) =>
      ask(origin + path, {
        method: "POST",
        headers: { cookie, origin, "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
  };
}

export async function ask(url: string, init?: RequestInit): Promise<Answered> {
  const response = await fetch(url, { redirect: "manual", ...init });
  const text = await response.text();
  return {
    status: response.status,
    text,
    json: () => JSON.parse(text) as Record<string, unknown>, // The test checks the content.
  };
}

/** Sends what `fetch` would not send: any path unchanged, and any header. */
export function askRaw(
  origin: string,
  path: string,
  { method = "GET", headers = {}, body = "" }: RawRequest = {},
): Promise<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const outgoing = requestHttp({ hostname, port, path, method, headers }, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      incoming.on("end", () => {
        resolve({ status: incoming.statusCode ?? 0, text, headers: incoming.headers });
      });
      incoming.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string;
}

/** An event of the stream. */
export interface StreamEvent {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Reads the stream up to the event that the test waits for, and returns all events. */
export async function readStream(
  { origin, cookie }: PageClient,
  isLast: (event: StreamEvent, index: number) => boolean,
  lastEventId?: string,
): Promise<StreamEvent[]> {
  const end = new AbortController();
  const headers = { cookie, ...(lastEventId !== undefined && { "last-event-id": lastEventId }) };
  const { body } = await fetch(`${origin}/_/api/stream`, { headers, signal: end.signal });
  const events: StreamEvent[] = [];
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body ?? []) {
    rest += decoder.decode(chunk, { stream: true });
    const parts = rest.split("\n\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const event = parseEvent(part);
      if (!event) continue;
      events.push(event);
      if (isLast(event, events.length - 1)) return events;
    }
  }
  throw new Error(`the stream ended: ${JSON.stringify(events)}`);
}

function parseEvent(part: string): StreamEvent | undefined {
  const [, id = "", event = "", data = ""] =
    /^id: (.*)\nevent: (.*)\ndata: ([^\n]*)$/.exec(part) ?? [];
  return data === "" ? undefined : { id, event, data: JSON.parse(data) as Record<string, unknown> };
}
