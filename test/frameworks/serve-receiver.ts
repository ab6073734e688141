import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createRequestListener } from "@remix-run/node-fetch-server";
import { onTestFinished } from "vitest";
import type { Receiver } from "../../src/receiver/index.js";

/** A receiver behind a real `node:http` server on loopback, that is closed when the test ends. */
export interface ServedReceiver {
  readonly port: number;
  readonly url: string;
  /** How many bytes each connection has brought so far, the first one first. */
  readonly bytesRead: () => number[];
  /** Resolves when everybody has hung up. */
  readonly empty: () => Promise<void>;
}

export async function serveReceiver({ fetch }: Pick<Receiver, "fetch">): Promise<ServedReceiver> {
  const sockets: Socket[] = [];
  const server = createServer(createRequestListener((request) => fetch(request)));
  server.on("connection", (socket: Socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // A string is for pipes, null for before listening.
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
