import { followObject } from "./follow-ref.js";
import { arrayAt, stringAt, type JsonObject } from "../json.js";
import type { Operation } from "../list-operations.js";

export interface Parameter {
  name: string;
  in: string;
  /** Its name in messages. */
  subject: string;
  definition: JsonObject;
  /** Equal in both documents for the same parameter. */
  key: string;
}

/** Headers that OpenAPI describes elsewhere and ignores as parameters. */
const OWN_PLACE = new Set(["accept", "content-type", "authorization"]);

/** The parameters of an operation: its own, and those of its path that it does not override. */
export function listParameters(document: JsonObject, operation: Operation): Map<string, Parameter> {
  const stated = [operation.item, operation.definition].flatMap((holder) =>
    arrayAt(holder, "parameters"),
  );
  const parameters = stated.map((entry) => toParameter(followObject(document, entry), operation));
  return new Map(
    parameters
      .filter(({ in: place, name }) => !(place === "header" && OWN_PLACE.has(name.toLowerCase())))
      .map((parameter) => [parameter.key, parameter]),
  );
}

function toParameter(definition: JsonObject, { path }: Operation): Parameter {
  const name = stringAt(definition, "name") ?? "";
  const place = stringAt(definition, "in") ?? "";
  return {
    ...{ name, in: place, definition, subject: `${place} parameter ${name}` },
    key: `${place} ${keyOf(place, name, path)}`,
  };
}

/** Identifies path parameters by position, and headers by name regardless of case. */
function keyOf(place: string, name: string, path: string): string {
  if (place === "header") return name.toLowerCase();
  if (place !== "path") return name;
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, found]) => found);
  return String(names.indexOf(name));
}
