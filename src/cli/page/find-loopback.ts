import { CommandError } from "../command-error.js";

/** By which host this machine reaches what is bound to an address. */
const HOSTS = new Map([
  ["127.0.0.1", "127.0.0.1"],
  ["0.0.0.0", "127.0.0.1"],
  ["::1", "[::1]"],
  ["::", "[::1]"],
]);

/**
 * Finds the host of a page.
 *
 * @param address - that the server is bound to.
 * @throws {CommandError} where loopback does not lead.
 */
export function findLoopback(address: string): string {
  const host = HOSTS.get(address);
  if (host !== undefined) return host;
  throw new CommandError(
    "usage",
    "a page is for this machine alone, so it needs a --host that loopback is a part of, such as 127.0.0.1 or 0.0.0.0",
  );
}
