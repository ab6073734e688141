import { CommandError } from "../command-error.js";

/** @throws {CommandError} for what is no port. */
export function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port < 65_536) return port;
  throw new CommandError("usage", "--port must be a number from 0 to 65535");
}
