import { CommandError } from "../command-error.js";

/**
 * A time that was given in seconds, in ms.
 *
 * @throws {CommandError} for what is no time that a timer takes.
 */
export function readSeconds(option: string, given: string): number {
  const time = Number(given) * 1000;
  if (time > 0 && time < 2 ** 31) return time;
  throw new CommandError("usage", `--${option} must be a number of seconds, such as 30`);
}
