import { CommandError } from "../command-error.js";

/** The loopback host for each address that a server can be bound to. */
const HOSTS = new Map([
  ["127.0.0.1", "127.0.0.1"],
  ["0.0.0.0", "127.0.0.1"],
  ["::1", "[::1]"],
  ["::", "[::1]"],
]);

/**
 * Finds the loopback host for the page.
 *
 * @param address - the address that the server is bound to.
 * @throws {CommandError} when the server does not listen on loopback.
 */
export function findLoopback(address: string): string {
  const host = HOSTS.get(address);
  if (host !== undefined) return host;
  throw new CommandError(
    "usage",
    "the page is for this machine only, so --host must include loopback, such as 127.0.0.1 or 0.0.0.0",
  );
}
