import { EVENT_NAMES } from "../../../generated/constants.js";
import { nearest } from "../../checks/nearest.js";
import { CommandError } from "../command-error.js";

/**
 * Checks the name of an event.
 *
 * @throws {CommandError} for an unknown name, with the nearest known one.
 */
export function checkEvent(name = "", allowUnknown: boolean): string {
  const known: readonly string[] = EVENT_NAMES;
  if (known.includes(name) || (allowUnknown && name.trim() !== "")) return name;
  throw new CommandError(
    "usage",
    `unknown event; did you mean "${nearest(name, known) ?? ""}"? (--allow-unknown-events lets it through)`,
  );
}
