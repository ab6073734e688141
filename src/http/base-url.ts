import { InvalidInputError } from "../errors/invalid-input-error.js";
import { trimSlashes } from "./trim-slashes.js";

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Checks a base URL and gives it back without a trailing slash. A path prefix is welcome; a query,
 * a fragment or credentials are not, and neither is `http:` except on loopback, where no stranger
 * can read the token, or where it is allowed.
 *
 * @throws {InvalidInputError} when it is not usable.
 */
export function parseBaseUrl(value: unknown, allowInsecureHttp = false): string {
  const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new InvalidInputError("baseUrl", 'an absolute URL such as "https://api.linqapp.com"');
  }
  if (url.protocol === "http:" && !allowInsecureHttp && !LOOPBACK.test(url.hostname)) {
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
