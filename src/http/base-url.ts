import { parseUrl } from "../checks/parse-url.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import { trimSlashes } from "./trim-slashes.js";

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether the URL stays on this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK.test(hostname);
}

/**
 * Checks a base URL and returns it without a trailing slash. It may have a path prefix, but no query,
 * fragment or credentials. It may be `http:` only on loopback, where nobody else can read the token, or
 * with `allowInsecureHttp`.
 *
 * @throws {InvalidInputError} when the URL is not usable.
 */
export function parseBaseUrl(value: unknown, allowInsecureHttp = false): string {
  const url = typeof value === "string" ? parseUrl(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new InvalidInputError("baseUrl", 'an absolute URL such as "https://api.linqapp.com"');
  }
  if (url.protocol === "http:" && !allowInsecureHttp && !isLoopback(url)) {
    throw new InvalidInputError(
      "baseUrl",
      "an https: URL (http: is for loopback only, unless `allowInsecureHttp` is set)",
    );
  }
  // For a lone "?" or "#", `search` and `hash` are empty, but it would swallow every path.
  if (url.username || url.password || /[?#]/.test(url.href)) {
    throw new InvalidInputError("baseUrl", "a URL without credentials, query or fragment");
  }
  return trimSlashes(url.href);
}
