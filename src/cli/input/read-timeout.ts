import { CommandError } from "../command-error.js";

/**
 * How long to wait for an answer, in ms.
 *
 * @throws {CommandError} for what is no number of seconds.
 */
export function readTimeout(seconds: string): number {
  const timeout = Number(seconds) * 1000;
  if (timeout > 0 && timeout < 2 ** 31) return timeout;
  throw new CommandError("usage", "--timeout must be a number of seconds, such as 30");
}
