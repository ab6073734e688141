import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { CommandError } from "../command-error.js";

/** A server that only this machine can reach. */
export interface LocalServer {
  readonly port: number;
  /** Takes no more connections, lets requests end for so many ms, and then ends them. */
  readonly close: (timeout: number) => Promise<void>;
}

export type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

/** In ms, for a request to arrive whole: Linq does not wait longer for its answer. */
const REQUEST_TIMEOUT = 10_000;

/** More than a tunnel opens; each may hold a body of 1 MiB. */
const MAX_CONNECTIONS = 256;

/**
 * Serves on loopback.
 *
 * @param option - what errors call the port.
 * @throws {CommandError} when the port cannot be had.
 */
export async function startLocalServer(
  port: number,
  answer: Answer,
  option = "--port",
): Promise<LocalServer> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT }, (incoming, outgoing) => {
    // Whoever hangs up has no use for an answer.
    outgoing.on("error", () => undefined);
    answer(incoming, outgoing).catch(() => {
      if (!outgoing.headersSent) outgoing.writeHead(500, { connection: "close" });
      outgoing.end();
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      reject(toCommandError(cause, port, option));
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  // A server on a port has an address with a port; only one on a pipe has a string.
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
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

function toCommandError(cause: NodeJS.ErrnoException, port: number, option: string): CommandError {
  const message =
    cause.code === "EADDRINUSE"
      ? `port ${port} is in use; choose another with ${option}, or 0 for a free one`
      : `cannot serve on port ${port} (${cause.code ?? "unknown"}); choose another with ${option}`;
  return new CommandError("listen", message, { cause });
}
