import { createServer, type RequestListener } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createRequestListener } from "@remix-run/node-fetch-server";
import { onTestFinished } from "vitest";
import type { Receiver } from "../../src/receiver/index.js";

/** A receiver behind a real `node:http` server on loopback, that is closed when the test ends. */
export interface ServedReceiver {
  readonly port: number;
  readonly url: string;
  /** How many bytes each connection has received so far, oldest first. */
  readonly bytesRead: () => number[];
  /** Resolves when all connections are closed. */
  readonly empty: () => Promise<void>;
}

export function serveReceiver(receiver: Pick<Receiver, "fetch">): Promise<ServedReceiver> {
  return serveListener(behindAdapter(receiver));
}

export function behindAdapter({ fetch }: Pick<Receiver, "fetch">): RequestListener {
  return createRequestListener((request) => fetch(request));
}

/** The same for a listener of which a receiver is only a part. */
export async function serveListener(listener: RequestListener): Promise<ServedReceiver> {
  const sockets: Socket[] = [];
  const server = createServer(listener);
  server.on("connection", (socket: Socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // The address is a string only for pipes, and null only before listening.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/hook`,
    bytesRead: () => sockets.map((socket) => socket.bytesRead),
    empty: async () => {
      const closed = sockets.map(async (socket) => {
        if (!socket.closed) await new Promise((resolve) => socket.once("close", resolve));
      });
      await Promise.all(closed);
    },
  };
}
