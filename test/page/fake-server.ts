import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createSandbox, type Sandbox } from "linq-webhooks/sandbox";
import type { PageDelivery, PageState } from "../../src/cli/page/protocol.js";

/** A server that sends whatever a test wants the page to see, even what the real one never sends. */
export interface FakeServer {
  readonly url: string;
  /** The API behind `/_/linq`. */
  readonly api: Sandbox;
  /** What the page has asked for by POST, oldest first. */
  readonly actions: readonly Action[];
  /** Every request that has come, by its path. */
  readonly paths: readonly string[];
  /** Answers the next action of a kind with an error. */
  readonly refuse: (name: string, status: number, message: string) => void;
  /** Leaves new actions without an answer until the function that it returns is called. */
  readonly hold: () => () => void;
  readonly send: (event: string, ...data: object[]) => void;
  readonly setState: (change: Partial<PageState>) => void;
  /** Breaks the streams, and answers every request with this status until it is undefined. */
  readonly cut: (status: number | undefined) => void;
  readonly close: () => Promise<void>;
}

interface Action {
  readonly name: string;
  readonly input: unknown;
}

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const TYPES: Readonly<Record<string, string>> = {
  "index.html": "text/html; charset=utf-8",
  "page.js": "text/javascript; charset=utf-8",
  "page.css": "text/css; charset=utf-8",
};

const EXAMPLE = {
  data: { text: "Hello!", is_group: false, chat_handles: [{ identifier: "+15550100" }] },
  fields: [
    { path: "text", type: "string", isRequired: true, description: "What was written." },
    { path: "service", type: "string", isRequired: false, values: ["iMessage", "SMS"] },
    { path: "is_group", type: "boolean", isRequired: true },
    { path: "chat_handles.0.identifier", type: "string", isRequired: true },
    { path: "count", type: "integer", isRequired: false },
  ],
};

/** @param folder - with the files of the page. */
export async function startFakeServer(
  folder: string,
  initial: Partial<PageState> = {},
): Promise<FakeServer> {
  const api = createSandbox();
  const actions: Action[] = [];
  const paths: string[] = [];
  const refusals = new Map<string, { status: number; message: string }>();
  const streams = new Set<ServerResponse>();
  let state: PageState = { ...DEFAULT_STATE, ...initial };
  let cutBy: number | undefined;
  let held: Promise<void> | undefined;
  let nextId = 1;
  /** What a new stream begins with. */
  let history = "";

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server on a TCP port has an address of this form.
  const { port } = server.address() as AddressInfo;
  const send: FakeServer["send"] = (event, ...data) => {
    const text = data
      .map((one) => `id: ${nextId++}\nevent: ${event}\ndata: ${JSON.stringify(one)}\n\n`)
      .join("");
    history += text;
    for (const stream of streams) stream.write(text);
  };
  const setState: FakeServer["setState"] = (change) => {
    state = { ...state, ...change, revision: state.revision + 1 };
    send("state", state);
  };
  return {
    url: `http://127.0.0.1:${port}/_/`,
    api,
    actions,
    paths,
    refuse: (name, status, message) => refusals.set(name, { status, message }),
    hold: () => {
      let letGo: () => void = () => undefined;
      held = new Promise((resolve) => (letGo = resolve));
      return letGo;
    },
    send,
    setState,
    cut: (status) => {
      cutBy = status;
      for (const stream of streams) stream.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
    paths.push(pathname);
    const json = (status: number, body: object): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    if (cutBy !== undefined) json(cutBy, { message: "cut" });
    else if (pathname.startsWith("/_/linq/")) await passOn(request, response, pathname + search);
    else if (pathname === "/_/api/state") json(200, state);
    else if (pathname === "/_/api/stream") openStream(response);
    else if (request.method === "POST") await act(request, pathname.slice("/_/api/".length), json);
    else if (pathname === "/_/api/example") json(200, EXAMPLE);
    else await sendFile(response, pathname.slice("/_/".length) || "index.html");
  }

  async function act(
    request: IncomingMessage,
    name: string,
    json: (status: number, body: object) => void,
  ): Promise<void> {
    const input: unknown = JSON.parse(await readText(request));
    actions.push({ name, input });
    await held;
    const refusal = refusals.get(name);
    refusals.delete(name);
    if (refusal) {
      json(refusal.status, { message: refusal.message });
      return;
    }
    setState(applySetting(state, input));
    json(200, { ...state, id: "1", status: 200, duration: 12 });
  }

  function openStream(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`:\n\n${history}`);
    streams.add(response);
    response.on("close", () => streams.delete(response));
  }

  async function passOn(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> {
    const text = await readText(request);
    const answered = await api.fetch(`http://localhost${path.slice("/_/linq".length)}`, {
      method: request.method ?? "GET",
      headers: { "content-type": "application/json", "X-LINQ-INTEGRATION-TOKEN": "a-token" },
      body: text === "" ? null : text,
    });
    response.writeHead(answered.status, { "content-type": "application/json" });
    response.end(await answered.text());
  }

  async function sendFile(response: ServerResponse, name: string): Promise<void> {
    const type = TYPES[name];
    if (type === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": type, "content-security-policy": CSP });
    response.end(await readFile(join(folder, name)));
  }
}

/** Faults and switches are as they have been set. */
function applySetting({ faults, switches }: PageState, input: unknown): Partial<PageState> {
  const set = <T extends { name: string }>(setting: T): T =>
    setting.name === (input as { name?: string }).name
      ? Object.assign({}, setting, input)
      : setting;
  return { faults: faults.map(set), switches: switches.map(set) };
}

const DEFAULT_STATE: PageState = {
  version: 1,
  revision: 0,
  mode: "listen",
  receiverPath: "/hook",
  forwardTo: "http://127.0.0.1:3000/hook",
  publicUrl: null,
  hasToken: true,
  hasSecret: true,
  events: ["message.sent", "message.received", "message.read", "call.completed"],
  faults: [],
  switches: [],
};

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // It is not decoded.
  return Buffer.concat(chunks).toString();
}

/** A delivery with what a test does not care about filled in. */
export function buildDelivery(change: Partial<PageDelivery> & { id: string }): PageDelivery {
  const event = change.event === undefined ? "message.received" : change.event;
  const eventId = `event-${change.id}`;
  return {
    receivedAt: "2025-03-12T09:41:07.250Z",
    event,
    eventId,
    from: "+15550100",
    signature: "valid",
    outcome: "accepted",
    status: 200,
    duration: 12,
    attempt: 1,
    url: null,
    forward: null,
    headers: [
      ["content-type", "application/json"],
      ["x-webhook-signature", "sha256=0000"],
    ],
    body: JSON.stringify({ event_type: event, event_id: eventId, data: { text: "Hello!" } }),
    bodyBytes: 81,
    isBodyCut: false,
    ...change,
  };
}
