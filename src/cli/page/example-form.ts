import { EVENT_NAMES } from "../../../generated/constants.js";
import { isRecord } from "../../checks/check-fields.js";
import { createEvent } from "../../sandbox/index.js";
import { PageError } from "./page-error.js";
import type { ExampleField, ExampleForm } from "./protocol.js";

/** Describes what an example of an event can be made from. */
export function describeExample(event: string): ExampleForm {
  const name = EVENT_NAMES.find((known) => known === event);
  if (name === undefined) throw new PageError(404, "There is no such event.");
  const { data } = createEvent(name);
  return { data, fields: listFields(data, "") };
}

function listFields(value: unknown, path: string): ExampleField[] {
  const type = typeOf(value);
  if (type !== undefined) return [{ path, type, isRequired: false }];
  if (!isRecord(value) && !Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    listFields(member, path === "" ? name : `${path}.${name}`),
  );
}

function typeOf(value: unknown): ExampleField["type"] | undefined {
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "string" || value === null) return "string";
  return typeof value === "boolean" ? "boolean" : undefined;
}
