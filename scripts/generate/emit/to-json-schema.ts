import { isObject, type Json, type JsonObject } from "../json.js";

/** The `$id` of the whole document in the validator, for `$ref`s into it. */
export const DOCUMENT_ID = "document";

/** Members of a schema that hold one schema, a list of them, or schemas by name. */
const HOLDS_ONE = new Set([
  "items",
  "additionalProperties",
  "not",
  "if",
  "then",
  "else",
  "contains",
]);
const HOLDS_LIST = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const HOLDS_NAMED = new Set(["properties", "patternProperties", "$defs", "dependentSchemas"]);

/** Members that do not affect validity, or that the validator would interpret differently. */
const IGNORED = new Set([
  "default",
  "description",
  "discriminator",
  "example",
  "examples",
  "externalDocs",
  "xml",
]);

/** Converts an OpenAPI 3.0 or 3.1 schema for a request to one for a JSON Schema validator. */
export function toJsonSchema(schema: Json): Json {
  if (!isObject(schema)) return schema;
  const ref = schema["$ref"];
  if (typeof ref === "string") return { $ref: ref.replace(/^#/, `${DOCUMENT_ID}#`) };
  const { nullable, ...rest } = withNumericBounds(withoutReadOnly(schema));
  const converted = Object.fromEntries(
    Object.entries(rest)
      .filter(([member]) => !IGNORED.has(member))
      .map(([member, value]) => [member, convertMember(member, value)]),
  );
  return nullable === true ? orNull(converted) : converted;
}

function convertMember(member: string, value: Json): Json {
  if (HOLDS_ONE.has(member)) return toJsonSchema(value);
  if (HOLDS_LIST.has(member) && Array.isArray(value)) return value.map(toJsonSchema);
  if (HOLDS_NAMED.has(member) && isObject(value)) return convertNamed(value);
  return value;
}

/** Converts schemas by name, as `properties` or the components hold them. */
export function convertNamed(schemas: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, toJsonSchema(schema)]),
  );
}

/** `required` applies to a `readOnly` member in responses only (OpenAPI 3.0.3, 4.7.24.1). */
function withoutReadOnly(schema: JsonObject): JsonObject {
  const { properties, required } = schema;
  if (!isObject(properties) || !Array.isArray(required)) return schema;
  const isReadOnly = (name: Json): boolean => {
    const property = typeof name === "string" ? properties[name] : undefined;
    return isObject(property) && property["readOnly"] === true;
  };
  return { ...schema, required: required.filter((name) => !isReadOnly(name)) };
}

/** Widens the schema itself if possible, so that the validator reports one error instead of several. */
function orNull(schema: JsonObject): JsonObject {
  const { type, enum: values } = schema;
  if (typeof type !== "string") return { anyOf: [schema, { type: "null" }] };
  const widened = { ...schema, type: [type, "null"] };
  return Array.isArray(values) ? { ...widened, enum: [...values, null] } : widened;
}

/** OpenAPI 3.0 has `minimum: 1, exclusiveMinimum: true` where JSON Schema has `exclusiveMinimum: 1`. */
function withNumericBounds(schema: JsonObject): JsonObject {
  const result = { ...schema };
  for (const [bound, exclusive] of [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const) {
    if (typeof schema[exclusive] !== "boolean") continue;
    Reflect.deleteProperty(result, exclusive);
    const limit = schema[bound];
    if (!schema[exclusive] || limit === undefined) continue;
    Reflect.deleteProperty(result, bound);
    result[exclusive] = limit;
  }
  return result;
}
