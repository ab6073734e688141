import { GenerateError } from "../generate-error.js";
import { isObject, objectAt, type JsonObject } from "../json.js";
import { parseJsonFile } from "./parse-json-file.js";
import type { SourceFile } from "./read-spec.js";

/** Reads the description of the deliveries: an OpenAPI 3.1 document with `webhooks` by event name. */
export function readWebhookEvents({ name, text }: SourceFile): JsonObject {
  const document = parseJsonFile(name, text);
  if (document["openapi"] !== undefined && isObject(document["webhooks"])) return document;
  throw new GenerateError(`${name} must be an OpenAPI document that has "webhooks".`);
}

/** The events that can be subscribed to and of whose deliveries nothing is said. */
export function undescribedEvents(document: JsonObject, names: string[]): string[] {
  const described = objectAt(document, "webhooks");
  return names.filter((name) => !Object.hasOwn(described, name));
}
