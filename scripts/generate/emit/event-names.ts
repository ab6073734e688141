import { GenerateError } from "../generate-error.js";
import { arrayAt, objectAt, valueAt, type Json, type JsonObject } from "../json.js";
import { resolveRef } from "../resolve-ref.js";

const INPUT = "WebhookSubscriptionInput";

/** The events of subscriptions, in the order of the page; empty if no page has the schema. */
export function eventNames(document: JsonObject): string[] {
  const schema = objectAt(document, "components", "schemas")[INPUT];
  if (schema === undefined) return [];
  const names = arrayAt(enumAt(document, schema));
  if (names.length === 0 || !names.every((name) => typeof name === "string")) {
    throw new GenerateError(
      `The enum of /components/schemas/${INPUT}/properties/events/items must list the event names, ` +
        `but is ${JSON.stringify(names)}: correct it with an action in spec/overlay.json.`,
    );
  }
  return names;
}

function enumAt(document: JsonObject, schema: Json): Json | undefined {
  return ["properties", "events", "items", "enum"].reduce<Json | undefined>(
    (value, name) => valueAt(resolveRef(document, value), name),
    schema,
  );
}
