import type { Reply } from "./reply.js";

/** The options of `sandbox.listen`. */
export interface ListenOptions {
  /**
   * The port; 0 for a free port.
   *
   * @default 0
   */
  port?: number | undefined;
  /**
   * The address to serve on.
   *
   * @default "127.0.0.1", which only this machine can reach
   */
  host?: string | undefined;
  /**
   * Names allowed in the `Host` header in addition to `host` and those of loopback, such as the name of
   * its container. Requests with other names are answered with 421, since any web page can make a name
   * of its own resolve to this machine.
   *
   * @default []
   */
  allowedHosts?: readonly string[] | undefined;
}

/** A sandbox that is served on a port. */
export interface SandboxServer {
  /** The base URL for a client, without a trailing slash. */
  readonly url: string;
  /** The port that it listens on. */
  readonly port: number;
  /** Closes all connections and resolves when the port is free; further calls do nothing. */
  readonly close: () => Promise<void>;
}

/** Returns the reply to a request. */
export type Respond = (request: Request) => Promise<Reply>;

/** Replaces `listen.node.ts` in runtimes without sockets to listen on. */
export const listen: (respond: Respond, options?: ListenOptions) => Promise<SandboxServer> = () =>
  Promise.reject(
    new Error("Serving a sandbox needs Node; elsewhere, pass `sandbox.fetch` to the client"),
  );
