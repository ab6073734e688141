import { followObject } from "./follow-ref.js";
import { arrayAt, stringAt, type JsonObject } from "../json.js";
import type { Operation } from "../list-operations.js";

export interface Parameter {
  name: string;
  in: string;
  /** How messages name it. */
  subject: string;
  definition: JsonObject;
  /** The same in two documents for what is the same in both. */
  key: string;
}

/** Headers that have a place of their own in a document; as parameters they say nothing. */
const OWN_PLACE = new Set(["accept", "content-type", "authorization"]);

/** The parameters of an operation: its own and, where it does not restate them, those of its path. */
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

/** A parameter of the path is known by its place there, and a header in whatever case. */
function keyOf(place: string, name: string, path: string): string {
  if (place === "header") return name.toLowerCase();
  if (place !== "path") return name;
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, found]) => found);
  return String(names.indexOf(name));
}
