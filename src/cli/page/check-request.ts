import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { PageError } from "./page-error.js";

/** Headers that tunnels and proxies add. */
const FORWARDED = [
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
  "cf-connecting-ip",
  "cf-ray",
];

/** Loopback addresses; IPv6 writes an IPv4 address after a prefix. */
const LOOPBACK = /^(::1$|(::ffff:)?127\.)/;

/**
 * Whether a browser on this machine has sent a request directly to this server. This excludes other
 * host names that resolve to this machine, tunnels that rewrite `Host`, and other machines that send a
 * local `Host`.
 */
export function isLocal({ headers, socket }: LocalRequest, port: number): boolean {
  const names = ["127.0.0.1", "localhost", "[::1]"].map((name) => `${name}:${port}`);
  return (
    LOOPBACK.test(socket.remoteAddress ?? "") &&
    names.includes((headers.host ?? "").toLowerCase()) &&
    FORWARDED.every((name) => headers[name] === undefined)
  );
}

interface LocalRequest extends Pick<IncomingMessage, "headers"> {
  readonly socket: Pick<IncomingMessage["socket"], "remoteAddress">;
}

/**
 * Checks that the page has sent a request.
 *
 * @throws {PageError} for a request from another site or from a form.
 */
export function checkRequest(method: string, headers: IncomingHttpHeaders): void {
  const { origin, host = "", "sec-fetch-site": site } = headers;
  const isOwn = origin?.toLowerCase() === `http://${host.toLowerCase()}`;
  if (origin !== undefined && !isOwn)
    throw new PageError(403, "Another site has sent this request.");
  if (site !== undefined && site !== "same-origin" && site !== "none") {
    throw new PageError(403, "Another site has sent this request.");
  }
  if (method === "GET" || method === "HEAD") return;
  if (!isOwn) throw new PageError(403, "Only the page may send this request: `Origin` is missing.");
  // A DELETE has no body, and a page of another origin cannot send one without a CORS preflight.
  if (method === "DELETE") return;
  if (!/^application\/json *(;|$)/i.test(headers["content-type"] ?? "")) {
    throw new PageError(415, "The body must be JSON, with the content type application/json.");
  }
}
