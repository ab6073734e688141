import { InvalidEventError } from "../errors/invalid-event-error.js";

/** @throws {InvalidEventError} for a body of more than `maxBytes` bytes. */
export function checkSize(length: number, maxBytes: number): void {
  if (length > maxBytes) throw new InvalidEventError("", `at most ${maxBytes} bytes`, 413);
}
