import { GenerateError } from "./generate-error.js";
import { isObject, objectAt, stringAt, type JsonObject } from "./json.js";

/** The members of a path item that are operations (OpenAPI 3.0 and 3.1). */
export const METHODS = new Set([
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
]);

export interface Operation {
  method: string;
  path: string;
  /** `GET /path`, as messages name it. */
  label: string;
  item: JsonObject;
  definition: JsonObject;
}

/** All operations of a document, in its order. */
export function listOperations(document: JsonObject): Operation[] {
  return Object.entries(objectAt(document, "paths")).flatMap(([path, item]) =>
    isObject(item) ? operationsOf(path, item) : [],
  );
}

function operationsOf(path: string, item: JsonObject): Operation[] {
  return Object.entries(item).flatMap(([method, definition]) =>
    METHODS.has(method) && isObject(definition)
      ? [{ method, path, label: `${method.toUpperCase()} ${path}`, item, definition }]
      : [],
  );
}

export interface NamedOperation extends Operation {
  operationId: string;
}

/** All operations with their ids. Throws unless each has one of its own. */
export function listNamedOperations(document: JsonObject): NamedOperation[] {
  const owners = new Map<string, string>();
  return listOperations(document).map((operation) => {
    const operationId = stringAt(operation.definition, "operationId");
    if (!operationId) {
      throw new GenerateError(
        `${operation.label} has no operationId: give it one with an action in spec/overlay.json.`,
      );
    }
    const owner = owners.get(operationId);
    if (owner) {
      throw new GenerateError(
        `${owner} and ${operation.label} share the operationId "${operationId}": ` +
          `change one with an action in spec/overlay.json.`,
      );
    }
    owners.set(operationId, operation.label);
    return { ...operation, operationId };
  });
}
