import type { JsonObject } from "../../scripts/generate/json.js";

/** A small API whose pages the tests write: one operation, one schema, one security scheme. */
export function petDocument(changes: JsonObject = {}): JsonObject {
  return {
    openapi: "3.0.3",
    info: { title: "Pets", version: "1.0.0" },
    servers: [{ url: "https://pets.example" }],
    security: [{ Key: [] }],
    components: components({ Pet: PET }),
    paths: { "/pets": { get: operation("listPets", { schema: ref("Pet") }) } },
    ...changes,
  };
}

export const KEY_SCHEME: JsonObject = { type: "apiKey", in: "header", name: "X-KEY" };

export const PET: JsonObject = {
  type: "object",
  required: ["id"],
  properties: { id: { type: "integer" }, name: { type: "string" } },
};

export function components(schemas: JsonObject): JsonObject {
  return { securitySchemes: { Key: KEY_SCHEME }, schemas };
}

export function ref(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

/** An operation that answers 200 with JSON of the schema and takes what `more` says. */
export function operation(
  operationId: string,
  { schema = {}, ...more }: { schema?: JsonObject } & JsonObject = {},
): JsonObject {
  const content = { "application/json": { schema } };
  return { operationId, responses: { "200": { description: "Done", content } }, ...more };
}

/** A JSON request body of the schema. */
export function body(schema: JsonObject): JsonObject {
  return { required: true, content: { "application/json": { schema } } };
}

/** A page as the vendor writes them: a heading, a remark and the document on one line. */
export function page(...documents: JsonObject[]): string {
  const sections = documents.map((document) => `## Section\n\n> A remark.\n\n${fenced(document)}`);
  return `# Reference\n\n${sections.join("\n")}`;
}

export function fenced(document: JsonObject, fence = "```"): string {
  return `${fence}json\n${JSON.stringify(document)}\n${fence}\n`;
}
