import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { PageError } from "./page-error.js";

/** Headers with which tunnels and proxies say whom they speak for. */
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

/** Addresses of this machine as it sees itself; IPv6 writes those of IPv4 behind a prefix. */
const LOOPBACK = /^(::1$|(::ffff:)?127\.)/;

/**
 * Whether a request has been made by a browser on this machine to this very server. A name that leads
 * here by DNS is not enough, and neither is a tunnel that rewrites `Host`, nor another machine that
 * calls this one by the name it has for itself.
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
 * Holds a request to what the page itself sends.
 *
 * @throws {PageError} for one that another site has made, or a form.
 */
export function checkRequest(method: string, headers: IncomingHttpHeaders): void {
  const { origin, host = "", "sec-fetch-site": site } = headers;
  const isOwn = origin?.toLowerCase() === `http://${host.toLowerCase()}`;
  if (origin !== undefined && !isOwn) throw new PageError(403, "Another site has asked this.");
  if (site !== undefined && site !== "same-origin" && site !== "none") {
    throw new PageError(403, "Another site has asked this.");
  }
  if (method === "GET" || method === "HEAD") return;
  if (!isOwn) throw new PageError(403, "Only the page itself may ask this: `Origin` is missing.");
  // A DELETE has no body, and no page of another origin can send one without asking first.
  if (method === "DELETE") return;
  if (!/^application\/json *(;|$)/i.test(headers["content-type"] ?? "")) {
    throw new PageError(415, "The body must be JSON, with the content type application/json.");
  }
}
