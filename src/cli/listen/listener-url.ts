import { createHash } from "node:crypto";
import { hostname, userInfo } from "node:os";
import { parseUrl } from "../../checks/parse-url.js";
import { CommandError } from "../command-error.js";

/** The subscription of a listener: where it is now, and where it was before. */
export interface ListenerUrl {
  readonly webhookUrl: string;
  /** Patterns of its earlier URLs. */
  readonly replaces: readonly string[];
}

/**
 * The parameter that marks the subscriptions of `listen`. The name of the listener is its value, so that
 * the next start knows its own again, whatever address the tunnel has then, and nobody else's.
 */
const MARK = "listener";

/**
 * @param publicUrl - the address of the tunnel; a path in it is the one that the tunnel takes.
 * @param path - the path of the receiver.
 * @throws {CommandError} for what is no address of a tunnel.
 */
export function toListenerUrl(publicUrl: string, path: string, name: string): ListenerUrl {
  const url = parseUrl(publicUrl);
  const isUsable =
    url !== undefined && /^https?:\/\/[^\s/?#\\@]+(\/[^\s?#\\*@]*)?$/i.test(publicUrl);
  if (!isUsable) {
    throw new CommandError(
      "usage",
      '--public-url must be the address of a tunnel, such as "https://example.trycloudflare.com", without credentials and query',
    );
  }
  if (url.pathname === "/") url.pathname = path;
  url.search = `?${MARK}=${encodeURIComponent(name)}`;
  const rest = url.href.slice(url.origin.length);
  return {
    webhookUrl: url.href,
    replaces: ["https", "http"].map((scheme) => `${scheme}://*${rest}`),
  };
}

/**
 * The name of a listener unless one is given: the same for each start of one person on one machine, and
 * telling nobody who that is.
 */
export function defaultListenerName(): string {
  const owner = `${findUser()}@${hostname()}`;
  return createHash("sha256").update(owner).digest("hex").slice(0, 10);
}

function findUser(): string {
  try {
    return userInfo().username;
  } catch {
    // Containers run as users without a name.
    return "";
  }
}

/** @throws {CommandError} for what is not easily read in a URL. */
export function checkListenerName(name: string): string {
  if (/^[\w.-]{1,40}$/.test(name)) return name;
  throw new CommandError(
    "usage",
    "--name must be 1 to 40 letters, digits, dots, dashes or underscores",
  );
}
