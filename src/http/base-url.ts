import { parseUrl } from "../checks/parse-url.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import { trimSlashes } from "./trim-slashes.js";

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether it leads to no other machine. */
export function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK.test(hostname);
}

/**
 * Checks a base URL and gives it back without a trailing slash. A path prefix is welcome; a query,
 * a fragment or credentials are not, and neither is `http:` except on loopback, where no stranger
 * can read the token, or where it is allowed.
 *
 * @throws {InvalidInputError} when it is not usable.
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
  // `search` and `hash` are empty also for a lone "?" or "#", which would swallow every path.
  if (url.username || url.password || /[?#]/.test(url.href)) {
    throw new InvalidInputError("baseUrl", "a URL without credentials, query or fragment");
  }
  return trimSlashes(url.href);
}
