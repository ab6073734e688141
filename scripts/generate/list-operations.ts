import { isObject, objectAt, stringAt, type JsonObject } from "./json.js";
import type { Problems } from "./problems.js";

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

/** All operations of a document, in document order. */
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

/** All operations with their ids. Two with the same id or the same URL are a problem. */
export function listNamedOperations(document: JsonObject, problems: Problems): NamedOperation[] {
  const operations = listOperations(document).map((operation) => ({
    ...operation,
    operationId: stringAt(operation.definition, "operationId") ?? operation.label,
  }));
  mustDiffer(operations, ({ operationId }) => operationId, "operationId", problems);
  // The names of path parameters make no difference to a URL.
  mustDiffer(operations, ({ label }) => label.replaceAll(/\{[^}]*\}/g, "{}"), "URL", problems);
  return operations;
}

function mustDiffer(
  operations: NamedOperation[],
  keyOf: (operation: NamedOperation) => string,
  what: string,
  problems: Problems,
): void {
  const owners = new Map<string, string>();
  for (const operation of operations) {
    const key = keyOf(operation);
    const owner = owners.get(key);
    if (owner !== undefined) {
      problems.add(
        `${owner} and ${operation.label} have the same ${what} (${key}): ` +
          `change one with an action in spec/overlay.json.`,
      );
    }
    owners.set(key, operation.label);
  }
}
