import { CommandError } from "../command-error.js";

/**
 * Reads a time-out in seconds, and returns it in ms.
 *
 * @throws {CommandError} when the text is not a positive number.
 */
export function readTimeout(seconds: string): number {
  const timeout = Number(seconds) * 1000;
  if (timeout > 0 && timeout < 2 ** 31) return timeout;
  throw new CommandError("usage", "--timeout must be a number of seconds, such as 30");
}
