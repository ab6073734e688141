import { createHash } from "node:crypto";
import { hostname, userInfo } from "node:os";
import { parseUrl } from "../../checks/parse-url.js";
import { CommandError } from "../command-error.js";

/** The current and earlier URLs of a listener's subscription. */
export interface ListenerUrl {
  readonly webhookUrl: string;
  /** Patterns that match its earlier URLs. */
  readonly replaces: readonly string[];
}

/**
 * The parameter that marks the subscriptions of `listen`. Its value is the name of the listener, so that
 * the next start finds its own subscription, and no other, even if the tunnel has a new address.
 */
const MARK = "listener";

/**
 * @param publicUrl - the address of the tunnel; a path in it replaces `path`.
 * @param path - the path of the receiver.
 * @throws {CommandError} when `publicUrl` is not the address of a tunnel.
 */
export function toListenerUrl(publicUrl: string, path: string, name: string): ListenerUrl {
  const url = parseUrl(publicUrl);
  const isUsable =
    url !== undefined && /^https?:\/\/[^\s/?#\\@]+(\/[^\s?#\\*@]*)?$/i.test(publicUrl);
  if (!isUsable) {
    throw new CommandError(
      "usage",
      '--public-url must be the address of a tunnel, such as "https://example.trycloudflare.com", without credentials or a query',
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
 * The default name of a listener: a hash that is the same for each start by one user on one machine, and
 * does not reveal either.
 */
export function defaultListenerName(): string {
  const owner = `${findUser()}@${hostname()}`;
  return createHash("sha256").update(owner).digest("hex").slice(0, 10);
}

function findUser(): string {
  try {
    return userInfo().username;
  } catch {
    // The user of a container may have no name.
    return "";
  }
}

/** @throws {CommandError} for a name that would need escaping in a URL. */
export function checkListenerName(name: string): string {
  if (/^[\w.-]{1,40}$/.test(name)) return name;
  throw new CommandError(
    "usage",
    "--name must be 1 to 40 letters, digits, dots, dashes or underscores",
  );
}
