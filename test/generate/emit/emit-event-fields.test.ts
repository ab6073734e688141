import { expect, it } from "vitest";
import { emitEventFields } from "../../../scripts/generate/emit/emit-event-fields.js";
import type { Json, JsonObject } from "../../../scripts/generate/json.js";

/** A description of one event with this schema for its data. */
function describe(data: JsonObject, schemas: JsonObject = {}): JsonObject {
  const schema = { type: "object", properties: { data } };
  const requestBody = { content: { "application/json": { schema } } };
  return { webhooks: { "thing.made": { post: { requestBody } } }, components: { schemas } };
}

/** What the table holds of the event. */
function fieldsOf(document: JsonObject): Json {
  const [, table = ""] = /EVENT_FIELDS: .* = (\{.*\});/.exec(emitEventFields(document)) ?? [];
  return (JSON.parse(table) as JsonObject)["thing.made"] ?? null;
}

it("lists fields flat, with what the schema says about them", () => {
  const document = describe(
    {
      type: "object",
      required: ["id", "list"],
      properties: {
        id: { type: "integer", description: "Names it." },
        kind: { type: ["string", "null"], enum: ["a", "b", null] },
        list: { type: "array", items: { $ref: "#/components/schemas/Part" } },
        open: { type: "object" },
      },
    },
    { Part: { type: "object", required: ["on"], properties: { on: { type: "boolean" } } } },
  );
  expect(fieldsOf(document)).toEqual([
    { path: "id", type: "integer", isRequired: true, description: "Names it." },
    { path: "kind", type: "string", isRequired: false, values: ["a", "b"] },
    { path: "list.*.on", type: "boolean", isRequired: true },
  ]);
});

it("stops at a schema that refers to itself", () => {
  const node = { type: "object", properties: { child: { $ref: "#/components/schemas/Node" } } };
  const name = { type: "string" };
  const Node = { ...node, properties: { ...node.properties, name } };
  const fields = fieldsOf(describe({ $ref: "#/components/schemas/Node" }, { Node }));
  expect(fields).toHaveLength(8 - 1);
});

it("has no fields for data that is open", () => {
  expect(fieldsOf(describe({ type: "object" }))).toEqual([]);
});
