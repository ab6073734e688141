import { isObject, objectAt, type JsonObject } from "../json.js";
import { checkRefs } from "../merge/check-refs.js";
import type { Problems } from "../problems.js";
import type { SourceDocument } from "./source-document.js";

/** The description of the deliveries: an OpenAPI 3.1 document with `webhooks` by event name. */
export function readWebhookEvents(
  [document, second]: SourceDocument[],
  problems: Problems,
): JsonObject | undefined {
  if (!document) return undefined;
  const { source, content } = document;
  if (second) problems.add(`${source} and ${second.source} both describe deliveries: keep one.`);
  if (!isObject(content["webhooks"])) problems.add(`${source} must have a "webhooks" object.`);
  checkRefs(content, problems, `${source}: `);
  return content;
}

/** One note for each event that has no description of its deliveries. */
export function undescribedEvents(document: JsonObject, names: string[]): string[] {
  const described = objectAt(document, "webhooks");
  return names
    .filter((name) => !Object.hasOwn(described, name))
    .map((name) => `spec/webhook-events.json does not describe "${name}".`);
}
