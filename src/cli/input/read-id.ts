import { CommandError } from "../command-error.js";

/** @throws {CommandError} when the text is not an id; the message does not repeat it. */
export function readId([text = ""]: readonly string[]): number {
  const id = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(id) && id > 0) return id;
  throw new CommandError(
    "usage",
    "<id> must be a positive integer; `linq-webhooks list` shows all ids",
  );
}
