import type { EventName } from "../../generated/constants.js";
import { checkKeys } from "../checks/check-keys.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import { addressOf } from "../subscriptions/identity.js";
import {
  type CompleteInput,
  parseInput,
  type WebhookSubscriptionInput,
} from "../subscriptions/input.js";
import { INPUT_FIELDS } from "../subscriptions/input-fields.js";
import { parsePattern } from "./pattern.js";

/**
 * A declared subscription: the only active one at its URL, with exactly these events. With
 * `active: false`, no subscription at the URL is active.
 */
export interface DesiredSubscription<
  Name extends string = EventName,
> extends WebhookSubscriptionInput<Name> {
  /**
   * URLs that this entry takes over, such as that of the last tunnel; `*` matches any characters except
   * `/`. If the entry's own URL has no subscription, the best match moves there. The other active
   * matches are deleted. Subscriptions at the URL of another entry never match.
   *
   * @default []
   */
  replaces?: readonly string[] | undefined;
}

/** An entry that has been checked. */
export interface Entry {
  /** Its name in errors, such as `desired[2]`. */
  readonly name: string;
  /** Its URL in the form in which URLs are compared. */
  readonly address: string;
  readonly input: CompleteInput;
  /** The addresses that it takes over, in which `*` matches any characters except `/`. */
  readonly replaces: readonly string[];
}

/** @throws {InvalidInputError} that names the entry and the field. */
export function parseDesired(desired: unknown, allowUnknownEvents: boolean): Entry[] {
  if (!Array.isArray(desired)) throw new InvalidInputError("desired", "an array of subscriptions");
  const names = new Map<string, string>();
  return Array.from(desired, (value: unknown, index) => {
    const entry = parseEntry(`desired[${index}]`, value, allowUnknownEvents);
    const { name, address } = entry;
    const other = names.get(address);
    if (other !== undefined) {
      throw new InvalidInputError(
        `${name}.webhook_url`,
        `a different URL from that of \`${other}\`, since all events of a URL go into one entry`,
      );
    }
    names.set(address, name);
    return entry;
  });
}

function parseEntry(name: string, value: unknown, allowUnknownEvents: boolean): Entry {
  const { replaces = [], ...fields } = checkKeys(name, value, [
    ...Object.keys(INPUT_FIELDS),
    "replaces",
  ]);
  if (!Array.isArray(replaces)) throw new InvalidInputError(`${name}.replaces`, "an array of URLs");
  const input = within(name, () => parseInput(fields, allowUnknownEvents));
  return {
    name,
    address: addressOf(input.webhook_url),
    input,
    replaces: Array.from(replaces, (pattern, index) =>
      parsePattern(`${name}.replaces[${index}]`, pattern),
    ),
  };
}

/** Prefixes the field of an error with the name of the entry. */
function within<T>(name: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    throw new InvalidInputError(`${name}.${error.field}`, error.expected);
  }
}
