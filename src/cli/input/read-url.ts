import { parseUrl } from "../../checks/parse-url.js";
import { CommandError } from "../command-error.js";

/**
 * The URL of a subscription, as it was given.
 *
 * @throws {CommandError} for what is no absolute `http:` or `https:` URL; it is not repeated, since it
 * may be something secret in the wrong place.
 */
export function readUrl(given: string): string {
  // `URL` would also take spaces around it, and other things that are no address of a receiver.
  if (/^https?:\/\/[^\s/?#\\]\S*$/i.test(given) && parseUrl(given)) return given;
  throw new CommandError(
    "usage",
    '--url must be an absolute URL, such as "https://example.com/hook"',
  );
}
