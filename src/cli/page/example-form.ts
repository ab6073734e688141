import { EVENT_NAMES } from "../../../generated/constants.js";
import { EVENT_FIELDS } from "../../../generated/event-fields.js";
import { isRecord } from "../../checks/check-fields.js";
import { createEvent } from "../../sandbox/index.js";
import { PageError } from "./page-error.js";
import type { ExampleField, ExampleForm } from "./protocol.js";

/**
 * Describes what an example of an event can be made from: the fields that the specification describes,
 * those in lists once for each member that the example has.
 *
 * @throws {PageError} for an event that there is not.
 */
export function describeExample(event: string): ExampleForm {
  const name = EVENT_NAMES.find((known) => known === event);
  if (name === undefined) throw new PageError(404, "There is no such event.");
  const { data } = createEvent(name);
  const fields = (EVENT_FIELDS[name] ?? []).flatMap((field) =>
    expand(field.path.split("."), data).map((path): ExampleField => ({ ...field, path })),
  );
  return { data, fields };
}

/** The paths that one with `*` stands for. */
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
