import { parseUrl } from "../../checks/parse-url.js";
import { CommandError } from "../command-error.js";

/**
 * Checks the URL of a subscription, and returns it unchanged.
 *
 * @throws {CommandError} when it is not an absolute `http:` or `https:` URL. The message does not repeat
 * it, because it may be a secret in the wrong place.
 */
export function readUrl(given: string): string {
  // `URL` also accepts surrounding spaces and other text that is not the address of a receiver.
  if (/^https?:\/\/[^\s/?#\\]\S*$/i.test(given) && parseUrl(given)) return given;
  throw new CommandError(
    "usage",
    '--url must be an absolute URL, such as "https://example.com/hook"',
  );
}
