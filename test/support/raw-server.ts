import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A real server on loopback, on a port of its own, that is closed when the test ends. */
export interface RawServer {
  /** Such as `http://127.0.0.1:12345`. */
  readonly url: string;
  /** Each request's method and path, such as `GET /x`. */
  readonly requests: readonly string[];
  /** How many connections were made to it so far. */
  readonly connections: () => number;
}

/** Starts a server that leaves each answer to `answer`; one that never ends is fine. */
export async function startServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<RawServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ""} ${request.url ?? ""}`);
    // A body that nobody reads would hold up the answer.
    request.resume();
    answer(request, response);
  });
  return { ...(await listen(server)), requests };
}

/** Starts a server that has no protocol of its own: `talk` is handed each request's raw text. */
export async function startSocketServer(
  talk: (socket: Socket, request: string) => void,
): Promise<RawServer> {
  const requests: string[] = [];
  const server = createSocketServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      const text = chunk.toString("latin1");
      requests.push(text.split(" ", 2).join(" "));
      talk(socket, text);
    });
  });
  return { ...(await listen(server)), requests };
}

/** The URL of a port at which nothing listens. */
export async function closedUrl(): Promise<string> {
  const server = createSocketServer();
  const { url } = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return url;
}

type AnyServer = Server | ReturnType<typeof createSocketServer>;

async function listen(server: AnyServer): Promise<Omit<RawServer, "requests">> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket: Socket) => {
    connections++;
    sockets.add(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  });
  // A string is for pipes, null for before listening.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, connections: () => connections };
}
