import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ownMembers } from "../../checks/own-members.js";
import { createListener } from "./create-listener.node.js";
import type { ListenOptions, Respond, SandboxServer } from "./listen.js";

/**
 * Serves over HTTP.
 *
 * @throws {Error} when the port is not available.
 */
export async function listen(
  respond: Respond,
  options: ListenOptions = {},
): Promise<SandboxServer> {
  const { port = 0, host = "127.0.0.1", allowedHosts = [] } = ownMembers(options);
  const answer = createListener(respond, [host, ...allowedHosts]);
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await startListening(server, port, host);
  // A server on a port has an address object; only a server on a pipe has a string.
  const address = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`,
    port: address.port,
    close: () => (closed ??= stopListening(server)),
  };
}

function startListening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException): void => {
      const isTaken = cause.code === "EADDRINUSE";
      const reason = isTaken
        ? "the port is in use; choose another, or 0 for a free one"
        : cause.message;
      reject(new Error(`Cannot serve on ${host}:${port}: ${reason}`, { cause }));
    };
    server.once("error", fail);
    server.listen(port, host, () => {
      server.off("error", fail);
      resolve();
    });
  });
}

function stopListening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error) reject(error);
      else resolve();
    });
    server.closeAllConnections();
  });
}
