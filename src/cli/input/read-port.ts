import { CommandError } from "../command-error.js";

/** @throws {CommandError} when the text is not a port. */
export function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port < 65_536) return port;
  throw new CommandError("usage", "--port must be an integer from 0 to 65535");
}
