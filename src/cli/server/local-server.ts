import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { CommandError } from "../command-error.js";

/** A server that only this machine can reach, unless it is bound to another address. */
export interface LocalServer {
  /** The address that the server is bound to. */
  readonly address: string;
  readonly port: number;
  /** Stops accepting connections, waits up to `timeout` ms for open requests, and then ends them. */
  readonly close: (timeout: number) => Promise<void>;
}

export type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

/** In ms, for a whole request to arrive: Linq does not wait longer for its answer. */
const REQUEST_TIMEOUT = 10_000;

/** Where to serve, from the options of the command. */
export interface Place {
  readonly port: number;
  /** @default "127.0.0.1" */
  readonly host?: string | undefined;
  /** @default no limit */
  readonly maxConnections?: number | undefined;
}

/** @throws {CommandError} when the port is taken or the address is not available. */
export async function startLocalServer(place: Place, answer: Answer): Promise<LocalServer> {
  const { port, host = "127.0.0.1", maxConnections } = place;
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT }, (incoming, outgoing) => {
    // A client that closes the connection needs no answer.
    outgoing.on("error", () => undefined);
    answer(incoming, outgoing).catch(() => {
      if (!outgoing.headersSent) outgoing.writeHead(500, { connection: "close" });
      outgoing.end();
    });
  });
  if (maxConnections !== undefined) server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      reject(toCommandError(cause, place));
    });
    server.listen(port, host, resolve);
  });
  // The address is a string only for a server on a pipe.
  const bound = server.address() as AddressInfo;
  return {
    address: bound.address,
    port: bound.port,
    close: (timeout) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          server.closeAllConnections();
        }, timeout);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

function toCommandError(cause: NodeJS.ErrnoException, { port, host }: Place): CommandError {
  const { code = "unknown" } = cause;
  const where = host === undefined ? "--port" : "--host and --port";
  const message =
    code === "EADDRINUSE"
      ? `port ${port} is in use; choose another with --port, or 0 for a free one`
      : `cannot serve on this address and port (${code}); check ${where}`;
  return new CommandError("listen", message, { cause });
}
