import { isObject, objectAt, stringAt, type Json, type JsonObject } from "../json.js";
import type { NamedOperation } from "../list-operations.js";
import { jsonContent, parametersOf } from "../operation-parts.js";
import { resolveRef } from "../resolve-ref.js";
import { toJsonSchema } from "./to-json-schema.js";
import { validatorNames } from "./validator-names.js";

/** The JSON schemas of an operation's input, with the names of their validators. */
export interface ValidationSchemas {
  operation: NamedOperation;
  /** For `{ path: {...}, query: {...} }`; null if the operation has no such parameters. */
  params: NamedSchema | null;
  /** For the JSON body; null if the operation takes none. */
  body: NamedSchema | null;
}

export interface NamedSchema {
  name: string;
  schema: JsonObject;
}

/** The schemas with which a server can check each request before it looks at any data. */
export function validationSchemas(
  document: JsonObject,
  operations: NamedOperation[],
): ValidationSchemas[] {
  const names = validatorNames(operations);
  return operations.map((operation) => {
    const name = names.get(operation.operationId) ?? operation.operationId;
    const params = paramsSchema(document, operation);
    const body = bodySchema(document, operation);
    return {
      operation,
      params: params && { name: `${name}Params`, schema: params },
      body: body && { name: `${name}Body`, schema: body },
    };
  });
}

function paramsSchema(document: JsonObject, operation: NamedOperation): JsonObject | null {
  const parameters = parametersOf(document, operation);
  const places = ["path", "query"].map((place) => ({
    place,
    members: parameters.filter((parameter) => parameter["in"] === place),
  }));
  if (places.every(({ members }) => members.length === 0)) return null;
  return {
    type: "object",
    required: places.map(({ place }) => place),
    properties: Object.fromEntries(places.map(({ place, members }) => [place, group(members)])),
  };
}

function group(parameters: JsonObject[]): JsonObject {
  const named = parameters.map((parameter) => ({
    name: stringAt(parameter, "name") ?? "",
    schema: toJsonSchema(parameter["schema"] ?? {}),
    isRequired: parameter["required"] === true,
  }));
  return {
    type: "object",
    required: named.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    properties: Object.fromEntries(named.map(({ name, schema }) => [name, schema])),
  };
}

function bodySchema(document: JsonObject, operation: NamedOperation): JsonObject | null {
  const body = resolveRef(document, operation.definition["requestBody"]);
  const schema: Json | undefined = jsonContent(objectAt(body, "content"));
  if (schema === undefined) return null;
  const converted = toJsonSchema(schema);
  return isObject(converted) ? converted : null;
}
