import { EVENT_NAMES } from "../../../generated/constants.js";
import { EVENT_FIELDS } from "../../../generated/event-fields.js";
import { isRecord } from "../../checks/check-fields.js";
import { createEvent } from "../../sandbox/index.js";
import { PageError } from "./page-error.js";
import type { ExampleField, ExampleForm } from "./protocol.js";

/**
 * Describes the fields of an example event, from the specification. A field in a list appears once for
 * each member of the list in the example.
 *
 * @throws {PageError} for an unknown event.
 */
export function describeExample(event: string): ExampleForm {
  const name = EVENT_NAMES.find((known) => known === event);
  if (name === undefined) throw new PageError(404, "Unknown event.");
  const { data } = createEvent(name);
  const fields = (EVENT_FIELDS[name] ?? []).flatMap((field) =>
    expand(field.path.split("."), data).map((path): ExampleField => ({ ...field, path })),
  );
  return { data, fields };
}

/** Expands the `*` in a path to all members of a list. */
function expand([step, ...rest]: readonly string[], value: unknown): string[] {
  if (step === undefined) return [""];
  const steps = step === "*" ? Object.keys(Array.isArray(value) ? value : []) : [step];
  return steps.flatMap((each) =>
    expand(rest, memberOf(value, each)).map((path) => (path === "" ? each : `${each}.${path}`)),
  );
}

function memberOf(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value[Number(name)];
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
