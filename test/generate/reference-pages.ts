import type { JsonObject } from "../../scripts/generate/json.js";
import { body, fenced, ref } from "./pages.js";

/**
 * Pages in the manner of the vendor's other reference: a document for each operation, shared schemas
 * restated in every one, Markdown in the descriptions, no operationId anywhere.
 */
export function referencePages(): Record<string, string> {
  const resources = ["Chat", "Contact", "Message", "Phone Number", "Attachment"];
  return Object.fromEntries(
    resources.map((resource) => [`spec/${pathName(resource)}.md`, resourcePage(resource)]),
  );
}

function resourcePage(resource: string): string {
  const name = resource.replaceAll(" ", "");
  const all = `/api/partner/v2/${pathName(resource)}`;
  const one = `${all}/{id}`;
  const page = { name: "page", in: "query", schema: { type: "integer", minimum: 1, default: 1 } };
  const id = { $ref: "#/components/parameters/Id" };
  const input = body({
    type: "object",
    required: ["data"],
    properties: { data: ref(`${name}Input`) },
  });
  const sections: [string, string, string, JsonObject][] = [
    ["list", "get", all, { parameters: [page, SORT], ...answers(200, `${name}List`) }],
    ["create", "post", all, { requestBody: input, ...answers(201, name) }],
    ["get", "get", one, { parameters: [id], ...answers(200, name) }],
    ["update", "put", one, { parameters: [id], requestBody: input, ...answers(200, name) }],
    ["delete", "delete", one, { parameters: [id], responses: { "204": { description: "Gone" } } }],
    [
      "upload",
      "post",
      `${one}/file`,
      { parameters: [id], requestBody: FILE, ...answers(200, name) },
    ],
  ];
  return sections
    .map(([verb, method, path, definition]) => {
      const operation = {
        tags: [resource],
        summary: `${verb} ${resource}`,
        description: MARKDOWN,
        ...definition,
      };
      const document = { ...root(resource), paths: { [path]: { [method]: operation } } };
      return `## ${verb} ${resource}\n\n> ${method} ${path}\n\n${fenced(document, "````")}`;
    })
    .join("\n");
}

function pathName(resource: string): string {
  return `${resource.toLowerCase().replaceAll(" ", "_")}s`;
}

const MARKDOWN = [
  "Takes **bold** words, `code`, a *list*/table:\n\n- one\n- two\n\n| a | b |\n| - | - |\n| 1 | 2 |\n",
  '```bash\ncurl -X POST https://api.example/\\\n  -d \'{"openapi": "no"}\'\n```\n',
  '```json\n{ "status": "ok" }\n```\n',
].join("\n");

const SORT: JsonObject = {
  ...{ name: "sort[]", in: "query", description: MARKDOWN },
  schema: { type: "array", items: { type: "string", enum: ["id", "-id"] } },
};

const FILE: JsonObject = {
  content: {
    "multipart/form-data": {
      schema: { type: "object", properties: { file: { type: "string", format: "binary" } } },
    },
  },
};

function answers(status: number, name: string): JsonObject {
  const content = { "application/json": { schema: ref(name) } };
  const failed = { $ref: "#/components/responses/Failed" };
  return {
    responses: { [status]: { description: "Done", content }, "404": failed, "422": failed },
  };
}

function root(resource: string): JsonObject {
  const name = resource.replaceAll(" ", "");
  return {
    openapi: "3.0.3",
    info: { title: "Partner API", version: "2.0.0" },
    tags: [{ name: resource, description: MARKDOWN }],
    servers: [{ url: "https://api.example", description: "Production server" }],
    security: [{ ApiKeyAuth: [] }],
    components: {
      securitySchemes: { ApiKeyAuth: { type: "apiKey", in: "header", name: "X-TOKEN" } },
      parameters: { Id: { name: "id", in: "path", required: true, schema: { type: "integer" } } },
      responses: {
        Failed: {
          description: "Not done",
          content: { "application/json": { schema: ref("Error") } },
        },
      },
      schemas: {
        ...SHARED,
        [name]: { description: MARKDOWN, allOf: [ref("Entity"), ref(`${name}Input`)] },
        [`${name}Input`]: input(name),
        [`${name}List`]: {
          type: "object",
          required: ["data", "meta"],
          properties: { data: { type: "array", items: ref(name) }, meta: ref("Meta") },
        },
      },
    },
  };
}

function input(name: string): JsonObject {
  return {
    type: "object",
    required: ["name", "id"],
    properties: {
      id: { type: "integer", readOnly: true },
      name: { type: "string", minLength: 1, description: `The ${name}'s *name*/title.` },
      email: { type: "string", format: "email", nullable: true },
      kind: { type: "string", enum: ["person", "group"], nullable: true, default: "person" },
      owner: { allOf: [ref("Entity")], nullable: true },
      score: { type: "number", minimum: 0, exclusiveMinimum: true },
      target: { oneOf: [ref("ById"), ref("ByPhone")], discriminator: { propertyName: "by" } },
      labels: { type: "object", additionalProperties: { type: "string" } },
      "custom-field": { type: "string", example: "x" },
    },
  };
}

const SHARED: JsonObject = {
  Entity: {
    type: "object",
    properties: {
      id: { type: "integer" },
      parent: ref("Entity"),
      at: { type: "string", format: "date-time" },
    },
  },
  Meta: {
    type: "object",
    properties: { page: { type: "integer" }, total_pages: { type: "integer" } },
  },
  ById: {
    type: "object",
    required: ["by", "id"],
    properties: { by: { type: "string", enum: ["id"] }, id: { type: "integer" } },
  },
  ByPhone: {
    type: "object",
    required: ["by", "phone"],
    properties: { by: { type: "string", enum: ["phone"] }, phone: { type: "string" } },
  },
  Error: { type: "object", properties: { errors: { type: "array", items: { type: "string" } } } },
};
