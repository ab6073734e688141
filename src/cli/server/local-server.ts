import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { CommandError } from "../command-error.js";

/** A server that only this machine can reach, unless it was told another address. */
export interface LocalServer {
  /** The address that it is bound to. */
  readonly address: string;
  readonly port: number;
  /** Takes no more connections, lets requests end for so many ms, and then ends them. */
  readonly close: (timeout: number) => Promise<void>;
}

export type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

/** In ms, for a request to arrive whole: Linq does not wait longer for its answer. */
const REQUEST_TIMEOUT = 10_000;

/** Where to serve, as the options of the command say. */
export interface Place {
  readonly port: number;
  /** @default "127.0.0.1" */
  readonly host?: string | undefined;
  /** @default as many as come */
  readonly maxConnections?: number | undefined;
}

/** @throws {CommandError} when the port or the address cannot be had. */
export async function startLocalServer(place: Place, answer: Answer): Promise<LocalServer> {
  const { port, host = "127.0.0.1", maxConnections } = place;
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT }, (incoming, outgoing) => {
    // Whoever hangs up has no use for an answer.
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
  // A server on a port has an address with a port; only one on a pipe has a string.
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
