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

/** All operations with their ids. Throws unless each has an id and a URL of its own. */
export function listNamedOperations(document: JsonObject): NamedOperation[] {
  const operations = listOperations(document).map(withId);
  mustDiffer(operations, ({ operationId }) => operationId, "operationId");
  // What a parameter is called makes no difference to a URL.
  mustDiffer(operations, ({ label }) => label.replaceAll(/\{[^}]*\}/g, "{}"), "URL");
  return operations;
}

function withId(operation: Operation): NamedOperation {
  const operationId = stringAt(operation.definition, "operationId");
  if (operationId) return { ...operation, operationId };
  throw new GenerateError(
    `${operation.label} has no operationId: give it one with an action in spec/overlay.json.`,
  );
}

function mustDiffer(
  operations: NamedOperation[],
  keyOf: (operation: NamedOperation) => string,
  what: string,
): void {
  const owners = new Map<string, string>();
  for (const operation of operations) {
    const key = keyOf(operation);
    const owner = owners.get(key);
    if (owner) {
      throw new GenerateError(
        `${owner} and ${operation.label} have the same ${what} (${key}): ` +
          `change one with an action in spec/overlay.json.`,
      );
    }
    owners.set(key, operation.label);
  }
}
