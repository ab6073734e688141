import { CommandError } from "../command-error.js";

/** @throws {CommandError} for what is no id, without repeating it. */
export function readId([text = ""]: readonly string[]): number {
  const id = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(id) && id > 0) return id;
  throw new CommandError(
    "usage",
    "<id> must be a positive integer; `linq-webhooks list` shows them",
  );
}
