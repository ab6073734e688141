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

/** A server with a page in it. */
export interface ServedPage extends LocalServer {
  /** The address of the page to open; it works once. */
  readonly pageUrl: string;
}

/** What shares its port with a page. */
export interface Neighbour {
  readonly backend: PageBackend;
  /** Answers what is not for the page. */
  readonly answer: Answer;
}

/**
 * Serves a page and something else on one port.
 *
 * @param compose - makes both, for the port that was had; it may object to it.
 * @throws {CommandError} when the port cannot be had, or no page can be opened there.
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
