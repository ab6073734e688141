import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequestListener } from "@remix-run/node-fetch-server";
import type { Project } from "../project.js";
import { IMPORTS } from "../project.js";

/** A page that has loaded the package and the suite, on its own origin. */
export interface PageServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** What the page has loaded, for `page.evaluate`. */
const CODE = `${IMPORTS}
globalThis.linqWebhooks = { entries, runSuite };`;

const PAGE =
  '<!doctype html><title>linq-webhooks</title><script type="module" src="/code.js"></script>';

/**
 * Serves the page on loopback, on its own port.
 *
 * @param proxy - answers whatever is below `/linq/`.
 */
export async function servePage(
  project: Project,
  proxy?: (request: Request) => Promise<Response>,
): Promise<PageServer> {
  const code = await project.bundle(CODE, ["browser"]);
  const listener = createRequestListener(async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/linq/") && proxy) return proxy(request);
    if (pathname === "/code.js") return respond(code, "text/javascript");
    return pathname === "/" ? respond(PAGE, "text/html") : new Response(null, { status: 404 });
  });
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server on a TCP port has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function respond(body: string, type: string): Response {
  return new Response(body, { headers: { "content-type": `${type}; charset=utf-8` } });
}
