import type { Validate } from "../../generated/operations.js";
import { InvalidEventError } from "../errors/invalid-event-error.js";
import type { LinqEvent } from "./event.js";

/**
 * Validates an event against its description in spec/webhook-events.json. Events and fields without a
 * description pass. The validators are loaded when they are first needed.
 *
 * @throws {InvalidEventError} that names the field, but not its value.
 */
export async function checkPayload({ event_type, raw }: LinqEvent): Promise<void> {
  const { EVENT_VALIDATORS } = await import("../../generated/event-validators.js");
  // They are plain JavaScript, so TypeScript does not know the type of their errors.
  const validators: Readonly<Partial<Record<string, Validate>>> = EVENT_VALIDATORS;
  const validate = Object.hasOwn(validators, event_type) ? validators[event_type] : undefined;
  if (!validate || validate(raw)) return;
  const [error] = validate.errors ?? [];
  const { instancePath = "", keyword = "", message = "", params = {} } = error ?? {};
  const path = instancePath.split("/").slice(1);
  if (keyword !== "required") {
    throw new InvalidEventError(path.join("."), message.replace(/^must be /, ""));
  }
  throw new InvalidEventError([...path, params["missingProperty"]].join("."), "present");
}
