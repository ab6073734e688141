import type { CommandContext } from "../command.js";
import {
  type Answer,
  type LocalServer,
  type Place,
  startLocalServer,
} from "../server/local-server.js";
import { createPage } from "./create-page.js";
import { findLoopback } from "./find-loopback.js";
import type { PageBackend } from "./page-backend.js";
import { packagePath } from "../package-path.js";

/** A server that includes the page. */
export interface ServedPage extends LocalServer {
  /** The address of the page; it works once. */
  readonly pageUrl: string;
}

/** The service that shares its port with the page. */
export interface Neighbour {
  readonly backend: PageBackend;
  /** Answers all requests that are not for the page. */
  readonly answer: Answer;
}

/**
 * Serves the page and another service on one port.
 *
 * @param compose - creates both for the given port; it may throw.
 * @throws {CommandError} when the port is taken, or the server does not listen on loopback.
 */
export async function serveWithPage(
  { io, redact }: Pick<CommandContext, "io" | "redact">,
  place: Place,
  compose: (port: number) => Neighbour,
): Promise<ServedPage> {
  let answer: Answer = (_incoming, outgoing) => {
    outgoing.writeHead(503).end();
    return Promise.resolve();
  };
  const server = await startLocalServer(place, (incoming, outgoing) => answer(incoming, outgoing));
  try {
    const host = findLoopback(server.address);
    const { backend, answer: answerOthers } = compose(server.port);
    const folder = io.pageFolder ?? packagePath("dist/page");
    const page = createPage({ host, port: server.port, folder, backend, redact });
    answer = (incoming, outgoing) =>
      page.takes(incoming) ? page.answer(incoming, outgoing) : answerOthers(incoming, outgoing);
    return {
      ...server,
      pageUrl: page.url,
      close: (timeout) => {
        page.close();
        return server.close(timeout);
      },
    };
  } catch (error) {
    await server.close(0);
    throw error;
  }
}
