import { expect, test } from "vitest";
import { emitConstants } from "../../../scripts/generate/emit/emit-constants.js";
import { components, petDocument } from "../pages.js";

test("the constants are those of the document", () => {
  const code = emitConstants(petDocument());
  expect(code).toContain('export const BASE_URL = "https://pets.example";');
  expect(code).toContain('export const TOKEN_HEADER = "X-KEY";');
  expect(code).toContain("export const EVENT_NAMES = [] as const;");
});

test("the variables of a server have their defaults, and without a server the URL is the root", () => {
  const servers = [
    { url: "https://{region}.pets.example/", variables: { region: { default: "eu" } } },
  ];
  expect(emitConstants(petDocument({ servers }))).toContain('"https://eu.pets.example/"');
  expect(emitConstants(petDocument({ servers: [] }))).toContain('BASE_URL = "/"');
});

test("an API without a key in a header has no token header", () => {
  const basic = { securitySchemes: { Key: { type: "http", scheme: "basic" } } };
  expect(emitConstants(petDocument({ components: basic }))).toContain("TOKEN_HEADER = null");
});

test("the names of events are found behind $refs", () => {
  const schemas = {
    WebhookSubscriptionInput: {
      properties: { events: { items: { $ref: "#/components/schemas/Event" } } },
    },
    Event: { enum: ["pet.born", "pet.fed"] },
  };
  const code = emitConstants(petDocument({ components: components(schemas) }));
  expect(code).toContain('EVENT_NAMES = ["pet.born","pet.fed"] as const');
});

test("a subscription without names of events is an error", () => {
  const schemas = { WebhookSubscriptionInput: { properties: { events: { items: {} } } } };
  expect(() => emitConstants(petDocument({ components: components(schemas) }))).toThrow(
    "The enum of /components/schemas/WebhookSubscriptionInput/properties/events/items must list",
  );
});
