import { describeSchema, type Fact, type Facts, type Position } from "./describe-schema.js";
import { arrayAt, isObject, objectAt, stringAt, valueAt, type JsonObject } from "../json.js";
import { listOperations, type Operation } from "../list-operations.js";
import { isJsonType, parametersOf } from "../operation-parts.js";
import { resolveRef } from "../resolve-ref.js";
import { describeSecurity } from "../security.js";

/** Lists all that a user of an API may rely on: two lists show what changed between two documents. */
export function describeApi(document: JsonObject): Facts {
  const facts: Facts = new Map();
  const server = stringAt(arrayAt(document, "servers")[0], "url") ?? "/";
  facts.set("server", contract("server", "", server));
  for (const operation of listOperations(document)) describeOperation(document, facts, operation);
  return facts;
}

function describeOperation(document: JsonObject, facts: Facts, operation: Operation): void {
  const { label, definition } = operation;
  const operationId = nameOf(operation);
  const security = describeSecurity(document, definition);
  facts.set(label, contract(label, "", operationId));
  facts.set(`${label} security`, { ...contract("security", operationId, security), parent: label });
  describeParameters(document, facts, operation);
  describeBody(document, facts, operation);
  describeAnswers(document, facts, operation);
}

/** The name by which a user of the client knows the operation. */
function nameOf({ label, definition }: Operation): string {
  return stringAt(definition, "operationId") ?? label;
}

function contract(subject: string, place: string, type: string): Fact {
  const rest = { isRequired: true, isAlternative: false, limits: [] };
  return { side: "contract", subject, place, types: [type], ...rest };
}

function describeParameters(document: JsonObject, facts: Facts, operation: Operation): void {
  const { label } = operation;
  const place = nameOf(operation);
  for (const parameter of parametersOf(document, operation)) {
    const name = `${stringAt(parameter, "in") ?? ""} parameter ${stringAt(parameter, "name") ?? ""}`;
    describeSchema(document, facts, parameter["schema"] ?? {}, {
      ...{ key: `${label} ${name}`, parent: label, side: "request", subject: name, place },
      isRequired: parameter["required"] === true,
    });
  }
}

function describeBody(document: JsonObject, facts: Facts, operation: Operation): void {
  const { label, definition } = operation;
  const place = nameOf(operation);
  const body = resolveRef(document, definition["requestBody"]);
  describeContent(document, facts, objectAt(body, "content"), {
    ...{ key: `${label} body`, parent: label, side: "request", subject: "body", place },
    isRequired: valueAt(body, "required") === true,
  });
}

function describeAnswers(document: JsonObject, facts: Facts, operation: Operation): void {
  const { label, definition } = operation;
  for (const [status, stated] of Object.entries(objectAt(definition, "responses"))) {
    const key = `${label} ${status}`;
    const place = `${nameOf(operation)} ${status}`;
    const answer = contract(`status ${status}`, nameOf(operation), "stated");
    facts.set(key, { ...answer, side: "response", parent: label });
    describeContent(document, facts, objectAt(resolveRef(document, stated), "content"), {
      ...{ key: `${key} body`, parent: key, side: "response", subject: "body", place },
      isRequired: true,
    });
  }
}

/** JSON is what nearly all bodies are; any other type of media is named. */
function describeContent(
  document: JsonObject,
  facts: Facts,
  content: JsonObject,
  position: Position,
): void {
  for (const [type, media] of Object.entries(content)) {
    if (!isObject(media)) continue;
    const suffix = isJsonType(type) ? "" : ` as ${type}`;
    const { key, subject } = position;
    const named = { ...position, key: key + suffix, subject: subject + suffix };
    describeSchema(document, facts, media["schema"] ?? {}, named);
  }
}
