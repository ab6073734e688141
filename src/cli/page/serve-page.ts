import type { CommandContext } from "../command.js";
import { type Answer, startLocalServer } from "../server/local-server.js";
import { createPage } from "./create-page.js";
import type { PageBackend } from "./page-backend.js";
import { findPageFolder } from "./static-file.js";

/** A page that is being served by itself. */
export interface ServedPage {
  /** The address to open; it works once. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves a page on a free port of this machine. */
export async function servePage(
  { io, redact }: Pick<CommandContext, "io" | "redact">,
  backend: PageBackend,
): Promise<ServedPage> {
  let answer: Answer = () => Promise.reject(new Error("not yet"));
  const server = await startLocalServer(0, (incoming, outgoing) => answer(incoming, outgoing));
  const folder = io.pageFolder ?? findPageFolder();
  const page = createPage({ port: server.port, folder, backend, redact });
  answer = async (incoming, outgoing) => {
    if (page.takes(incoming)) {
      await page.answer(incoming, outgoing);
      return;
    }
    outgoing.writeHead(404, { connection: "close" });
    outgoing.end();
  };
  return {
    url: page.url,
    close: () => {
      page.close();
      return server.close(0);
    },
  };
}
