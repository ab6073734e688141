import {
  arrayAt,
  isObject,
  objectAt,
  stringAt,
  valueAt,
  type Json,
  type JsonObject,
} from "../json.js";
import { jsonContent } from "../operation-parts.js";
import { resolveRef } from "../resolve-ref.js";

/** The types of values that a form can edit. */
const TYPES = ["string", "integer", "number", "boolean"];

/** Deeper than any event, to stop at a schema that refers to itself. */
const MAX_DEPTH = 8;

/** The fields of the data of each event, for forms: a flat list, with `*` for array entries. */
export function emitEventFields(document: JsonObject): string {
  const fields = Object.entries(objectAt(document, "webhooks")).map(([event, webhook]) => {
    const body = resolveRef(document, valueAt(webhook, "post", "requestBody"));
    const content = jsonContent(objectAt(body, "content")) ?? {};
    const data = objectAt(resolveRef(document, content), "properties")["data"];
    return [event, listFields(document, data, "", false, MAX_DEPTH)] as const;
  });
  return `
/** A field of the data of an event. */
export interface EventField {
  /** Such as \`chat_handles.*.identifier\`. */
  readonly path: string;
  readonly type: ${TYPES.map((type) => JSON.stringify(type)).join(" | ")};
  /** Whether the object that it belongs to always has it. */
  readonly isRequired: boolean;
  readonly description?: string;
  /** All possible values, if they are known. */
  readonly values?: readonly string[];
}

/** The fields of the data of each event that has a description. */
export const EVENT_FIELDS: Readonly<Record<string, readonly EventField[]>> = ${JSON.stringify(Object.fromEntries(fields))};
`;
}

function listFields(
  document: JsonObject,
  reference: Json | undefined,
  path: string,
  isRequired: boolean,
  depth: number,
): JsonObject[] {
  const schema = resolveRef(document, reference);
  if (!isObject(schema) || depth === 0) return [];
  const type = [valueAt(schema, "type") ?? []].flat().find((each) => each !== "null");
  const inside = (name: string): string => (path === "" ? name : `${path}.${name}`);
  if (type === "array") {
    return listFields(document, schema["items"], inside("*"), true, depth - 1);
  }
  const properties = Object.entries(objectAt(schema, "properties"));
  if (properties.length > 0) {
    const required = arrayAt(schema, "required");
    return properties.flatMap(([name, property]) =>
      listFields(document, property, inside(name), required.includes(name), depth - 1),
    );
  }
  if (path === "" || typeof type !== "string" || !TYPES.includes(type)) return [];
  const description = stringAt(schema, "description");
  const values = arrayAt(schema, "enum").filter((value) => typeof value === "string");
  return [
    {
      ...{ path, type, isRequired },
      ...(description !== undefined && { description }),
      ...(values.length > 0 && { values }),
    },
  ];
}
