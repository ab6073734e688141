import type { Reply } from "./reply.js";

/** Where to serve. */
export interface ListenOptions {
  /**
   * The port; 0 takes one that is free.
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
   * Names by which it may be asked for in the `Host` header, besides `host` and those of loopback, such
   * as that of its container. Others are refused by 421, since a page in a browser can lead any name to
   * this machine.
   *
   * @default []
   */
  allowedHosts?: readonly string[] | undefined;
}

/** A sandbox that is being served. */
export interface SandboxServer {
  /** The base URL for a client, without a trailing slash. */
  readonly url: string;
  /** The port that it listens on. */
  readonly port: number;
  /** Ends every connection and resolves when the port is free; calling it again does no harm. */
  readonly close: () => Promise<void>;
}

/** Says what is to be sent in reply to a request. */
export type Respond = (request: Request) => Promise<Reply>;

/** Stands in for `listen.node.ts` in every runtime that has no sockets to listen on. */
export const listen: (respond: Respond, options?: ListenOptions) => Promise<SandboxServer> = () =>
  Promise.reject(
    new Error("Serving a sandbox needs Node; elsewhere, hand `sandbox.fetch` to the client"),
  );
