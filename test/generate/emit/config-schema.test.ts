import { expect, test } from "vitest";
import { configSchema } from "../../../scripts/generate/emit/config-schema.js";
import { stringAt, type JsonObject } from "../../../scripts/generate/json.js";
import { petDocument } from "../pages.js";

function documentWith(properties: JsonObject, more: JsonObject = {}): JsonObject {
  const events = { type: "array", items: { type: "string", enum: ["pet.fed"] } };
  const input = { type: "object", properties: { events, ...properties } };
  return petDocument({ components: { schemas: { WebhookSubscriptionInput: input, ...more } } });
}

function fieldOf(schema: JsonObject | undefined, field: string): string | undefined {
  const path = ["properties", "subscriptions", "items", "properties", field, "description"];
  return stringAt(schema, ...path);
}

test("a document without subscriptions has no schema of the configuration file", () => {
  expect(configSchema(petDocument())).toBeUndefined();
});

test("the document's own descriptions come first, even behind a $ref", () => {
  const schema = configSchema(
    documentWith(
      {
        webhook_url: { $ref: "#/components/schemas/Url" },
        version: { description: "The version" },
      },
      { Url: { type: "string", description: "Where the bell rings." } },
    ),
  );
  expect(fieldOf(schema, "webhook_url")).toMatch(/^Where the bell rings\. An absolute /);
  expect(fieldOf(schema, "version")).toBe("The version.");
  expect(fieldOf(schema, "events")).toMatch(/^Exactly the events /);
});

test("the schema uses a draft that editors know, and allows comments", () => {
  expect(configSchema(documentWith({}))).toMatchObject({
    $schema: "http://json-schema.org/draft-07/schema#",
    additionalProperties: false,
    allowComments: true,
    allowTrailingCommas: true,
  });
});

test("a field without rules of our own has those of the document, even behind a $ref", () => {
  const schema = configSchema(
    documentWith(
      {
        note: { $ref: "#/components/schemas/Note" },
        pace: { type: "string", enum: ["slow"], nullable: true, description: "How fast" },
        tree: { $ref: "#/components/schemas/Tree" },
      },
      {
        Note: { type: "object", properties: { text: { $ref: "#/components/schemas/Text" } } },
        Text: { type: "string", maxLength: 80 },
        Tree: { type: "object", properties: { below: { $ref: "#/components/schemas/Tree" } } },
      },
    ),
  );
  expect(schema).toMatchObject({
    properties: {
      subscriptions: {
        items: {
          required: ["webhook_url", "events"],
          properties: {
            note: { type: "object", properties: { text: { type: "string", maxLength: 80 } } },
            pace: { type: ["string", "null"], enum: ["slow", null], description: "How fast." },
            tree: { type: "object", properties: { below: {} } },
          },
        },
      },
    },
  });
  expect(JSON.stringify(schema)).not.toContain("$ref");
});
