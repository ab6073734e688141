import { EVENT_NAMES } from "../../../generated/constants.js";
import { nearest } from "../../checks/nearest.js";
import { CommandError } from "../command-error.js";

/**
 * The name of an event that was given.
 *
 * @throws {CommandError} for an unknown one, with the nearest known one.
 */
export function checkEvent(name = "", allowUnknown: boolean): string {
  const known: readonly string[] = EVENT_NAMES;
  if (known.includes(name) || (allowUnknown && name.trim() !== "")) return name;
  throw new CommandError(
    "usage",
    `there is no such event; did you mean "${nearest(name, known) ?? ""}"? (--allow-unknown-events lets it through)`,
  );
}
