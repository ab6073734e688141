import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequest } from "@remix-run/node-fetch-server";
import { createSandbox, type Fault, type Sandbox } from "linq-webhooks/sandbox";
import { TOKEN, type WorldReport } from "./world.js";

/** A server of any number of APIs, which pages of every origin may use. */
export interface WorldServer {
  readonly url: string;
  /** How many preflight requests browsers have sent. */
  readonly preflights: () => number;
  readonly close: () => Promise<void>;
}

/** The headers that let a page send a token to another origin, and read the answer. */
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, POST, PUT, DELETE",
  "access-control-allow-headers": "X-LINQ-INTEGRATION-TOKEN, Content-Type, Accept",
  "access-control-expose-headers": "Retry-After",
};

/**
 * Serves worlds over HTTP: a POST to `/worlds` with faults makes one and answers with its base URL,
 * and a GET of that URL reports what has arrived there.
 */
export async function serveWorlds(): Promise<WorldServer> {
  const worlds: Sandbox[] = [];
  let preflights = 0;
  const server = createServer((incoming, outgoing) => {
    void answer(createRequest(incoming, outgoing))
      .then((response) => send(response, outgoing))
      // An error in a sandbox breaks the connection.
      .catch(() => outgoing.socket?.resetAndDestroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server on a TCP port has an address of this form.
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    preflights: () => preflights,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };

  async function answer(request: Request): Promise<Response> {
    if (request.method === "OPTIONS") {
      preflights++;
      return new Response(null, { status: 204 });
    }
    const [, , id, ...rest] = new URL(request.url).pathname.split("/");
    if (id === undefined) {
      const faults = (await request.json()) as Fault[]; // Only our own suite asks.
      return new Response(
        `${url}/worlds/${worlds.push(createSandbox({ token: TOKEN, faults })) - 1}`,
      );
    }
    const world = worlds[Number(id)];
    if (!world) return new Response("no such world", { status: 404 });
    if (rest.length > 0) return world.fetch(new Request(`${url}/${rest.join("/")}`, request));
    const { requests, subscriptions } = world;
    return Response.json({ requests, subscriptions } satisfies WorldReport);
  }
}

/** Sends as much of an answer as there is; rejects when it breaks off. */
async function send({ status, headers, body }: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(status, { ...Object.fromEntries(headers), ...CORS });
  const reader = body?.getReader();
  outgoing.once("close", () => void reader?.cancel());
  for (;;) {
    const { value } = (await reader?.read()) ?? {};
    if (value === undefined) break;
    outgoing.write(value);
  }
  outgoing.end();
}
