import type { JsonObject } from "../../../../scripts/generate/json.js";
import { components, KEY_SCHEME, operation, PET, petDocument, ref } from "../../pages.js";
import {
  answering,
  asking,
  eventsRow,
  got,
  listing,
  named,
  replying,
  row,
  sent,
  taking,
  vendorRow,
} from "../row.js";

const text = { type: "string" };
const cat = { type: "object", properties: { claws: { type: "integer" } } };
const dog = { type: "object", properties: { tricks: { type: "integer" } } };
const limit = { name: "limit", in: "query", schema: { type: "integer" } };
const list = { type: "array", items: text };
const json = (type: string) => ({ 200: { content: { [type]: { schema: PET } } } });
const secured = (security: JsonObject[], securitySchemes: JsonObject) =>
  petDocument({ security, components: { ...components({ Pet: PET }), securitySchemes } });
const at31 = (schema: JsonObject) => ({ ...got(schema), openapi: "3.1.0" });

/** Pairs of documents that mean the same. */
export const rewritings = [
  row("a schema without a name of its own", petDocument(), listing({ schema: PET })),
  row(
    "a schema under another name",
    petDocument(),
    petDocument({
      components: components({ Animal: PET }),
      paths: { "/pets": { get: operation("listPets", { schema: ref("Animal") }) } },
    }),
  ),
  row("a schema that no operation uses", petDocument(), answering(PET, { Toy: {} })),
  row(
    "members in another order",
    petDocument(),
    answering({
      properties: { name: text, id: { type: "integer" } },
      required: ["id"],
      type: "object",
    }),
  ),
  row(
    "required members in another order",
    answering(named(text, { required: ["id", "name"] })),
    answering(named(text, { required: ["name", "id"] })),
  ),
  row(
    "nullable in the manner of 3.1",
    got({ type: "string", nullable: true }),
    at31({ type: ["null", "string"] }),
  ),
  row(
    "null as an alternative",
    got({ type: "string", nullable: true }),
    at31({ oneOf: [text, { type: "null" }] }),
  ),
  row(
    "null as an alternative to a component",
    answering(
      { type: "object", properties: { cat: { allOf: [ref("Cat")], nullable: true } } },
      { Cat: cat },
    ),
    answering(
      { type: "object", properties: { cat: { anyOf: [{ type: "null" }, ref("Cat")] } } },
      { Cat: cat },
    ),
  ),
  row(
    "null among the values",
    got({ type: "string", nullable: true, enum: ["a", "b"] }),
    at31({ type: ["string", "null"], enum: ["b", null, "a"] }),
  ),
  row(
    "exclusive bounds in the manner of 3.1",
    sent({
      type: "number",
      minimum: 0,
      exclusiveMinimum: true,
      maximum: 9,
      exclusiveMaximum: true,
    }),
    sent({ type: "number", exclusiveMinimum: 0, exclusiveMaximum: 9 }),
  ),
  row(
    "a bound of integers that is exclusive",
    sent({ type: "integer", minimum: 1 }),
    sent({ type: "integer", exclusiveMinimum: 0 }),
  ),
  row("limits that limit nothing", sent({ ...list, minItems: 0, uniqueItems: false }), sent(list)),
  row("a pattern that fits all", sent(text), sent({ type: "string", pattern: "^.*$" })),
  row("a list of one value", got({ const: "a" }), got({ type: "string", enum: ["a"] })),
  row(
    "values in another order",
    got({ type: "string", enum: ["a", "b"] }),
    got({ type: "string", enum: ["b", "a"] }),
  ),
  row(
    "values one by one",
    got({ type: "string", enum: ["a", "b"] }),
    got({ oneOf: [{ const: "b", title: "B" }, { const: "a" }] }),
  ),
  row(
    "types one by one",
    got({ type: ["string", "integer"] }),
    got({ anyOf: [{ type: "integer" }, text] }),
  ),
  row(
    "a type that its members imply",
    answering(PET),
    answering({ required: ["id"], properties: { id: { type: "integer" }, name: text } }),
  ),
  row("parts in another order", answering({ allOf: [cat, dog] }), answering({ allOf: [dog, cat] })),
  row(
    "parts written as one",
    answering({ allOf: [cat, ref("Dog")] }, { Dog: dog }),
    answering({ type: "object", properties: { ...cat.properties, ...dog.properties } }),
  ),
  row(
    "alternatives in another order",
    answering({ oneOf: [cat, dog] }),
    answering({ oneOf: [dog, cat] }),
  ),
  row(
    "alternatives with names",
    answering({ oneOf: [cat, dog] }),
    answering({ oneOf: [ref("Dog"), ref("Cat")] }, { Cat: cat, Dog: dog }),
  ),
  row("one alternative only", answering({ oneOf: [cat] }), answering(cat)),
  row(
    "keys of alternatives that are their names",
    answering(
      { oneOf: [ref("Cat"), ref("Dog")], discriminator: { propertyName: "kind" } },
      { Cat: cat, Dog: dog },
    ),
    answering(
      {
        oneOf: [ref("Dog"), ref("Cat")],
        discriminator: {
          propertyName: "kind",
          mapping: { Cat: "#/components/schemas/Cat", Dog: "Dog" },
        },
      },
      { Cat: cat, Dog: dog },
    ),
  ),
  row("open by default", taking(PET), taking({ ...PET, additionalProperties: true })),
  row("open to anything", taking({ ...PET, additionalProperties: {} }), taking(PET)),
  row("anything but a schema", sent({}), {
    ...sent({}),
    components: components({
      Pet: { ...named({}), properties: { id: { type: "integer" }, name: true } },
    }),
  }),
  row(
    "JSON with a suffix",
    replying(json("application/json")),
    replying(json("application/vnd.pets+json")),
  ),
  row(
    "JSON with a charset",
    replying(json("application/json")),
    replying(json("application/json; charset=utf-8")),
  ),
  row("text with a charset", replying(json("text/csv")), replying(json("text/csv;charset=UTF-8"))),
  row(
    "a header in lower case",
    replying({ 200: { headers: { "X-Left": { schema: text } } } }),
    replying({ 200: { headers: { "x-left": { schema: text } } } }),
  ),
  row(
    "a type of content among the headers",
    replying({ 200: {} }),
    replying({ 200: { headers: { "Content-Type": { schema: text } } } }),
  ),
  row(
    "a parameter at the path",
    listing({ parameters: [limit] }),
    petDocument({ paths: { "/pets": { parameters: [limit], get: operation("listPets") } } }),
  ),
  row(
    "a parameter by reference",
    listing({ parameters: [limit] }),
    listing(
      { parameters: [{ $ref: "#/components/parameters/Limit" }] },
      { components: { ...components({}), parameters: { Limit: limit } } },
    ),
  ),
  row(
    "parameters in another order",
    listing({ parameters: [limit, { ...limit, name: "page" }] }),
    listing({ parameters: [{ ...limit, name: "page" }, limit] }),
  ),
  row(
    "a style that is the default",
    asking({ schema: list }),
    asking({ schema: list, style: "form", explode: true, required: false, allowReserved: false }),
  ),
  row(
    "a style that changes nothing about a number",
    asking({ schema: { type: "integer" } }),
    asking({ schema: { type: "integer" }, style: "form", explode: false }),
  ),
  row(
    "a header that has a place of its own",
    listing({}),
    listing({ parameters: [{ name: "Authorization", in: "header", schema: text }] }),
  ),
  row(
    "a server with a slash at its end",
    petDocument(),
    petDocument({
      servers: [
        { url: "https://pets.example/", description: "Pets" },
        { url: "https://pets.example" },
      ],
    }),
  ),
  row(
    "a server at the operation",
    petDocument(),
    listing({ servers: [{ url: "https://pets.example" }], schema: ref("Pet") }),
  ),
  row(
    "a scheme under another name",
    petDocument(),
    secured([{ Token: [] }], { Token: KEY_SCHEME }),
  ),
  row(
    "choices in another order",
    secured([{ A: [] }, { B: [] }], { A: KEY_SCHEME, B: { type: "http", scheme: "bearer" } }),
    secured([{ B: [] }, { A: [] }], {
      A: { ...KEY_SCHEME, name: "x-key" },
      B: { type: "http", scheme: "Bearer", bearerFormat: "JWT" },
    }),
  ),
  row(
    "security at the operation",
    petDocument(),
    listing({ security: [{ Key: [] }], schema: ref("Pet") }, { security: [] }),
  ),
  row(
    "nothing needed in other words",
    petDocument({ security: [] }),
    petDocument({ security: [{}] }),
  ),
  row(
    "a scheme that no operation uses",
    petDocument(),
    secured([{ Key: [] }], { Key: KEY_SCHEME, Other: { type: "http", scheme: "basic" } }),
  ),
  row("a range in lower case", replying({ "4XX": {} }), replying({ "4xx": {} })),
  row(
    "a path by reference",
    petDocument(),
    petDocument({
      paths: { "/pets": { $ref: "#/components/pathItems/Pets" } },
      components: {
        ...components({ Pet: PET }),
        pathItems: { Pets: { get: operation("listPets", { schema: ref("Pet") }) } },
      },
    }),
  ),
  row(
    "a body by reference",
    taking(PET),
    petDocument({
      components: {
        ...components({ Pet: PET }),
        requestBodies: {
          Pet: { required: true, content: { "application/json": { schema: ref("Pet") } } },
        },
      },
      paths: {
        "/pets": {
          post: operation("addPet", { requestBody: { $ref: "#/components/requestBodies/Pet" } }),
        },
      },
    }),
  ),
  row(
    "a reference that leads nowhere, both times",
    answering(ref("Nothing")),
    answering(ref("Nothing")),
  ),
  vendorRow("spaces in a document of the vendor's page", (page) =>
    page.replaceAll('"type":"object"', '"type": "object"'),
  ),
  vendorRow("the vendor's nullable in the manner of 3.1", (page) =>
    page.replaceAll(
      '"type":"string","format":"date-time","nullable":true',
      '"type":["string","null"],"format":"date-time"',
    ),
  ),
  eventsRow("deliveries in another order", (all) =>
    all.replace(
      /("message\.sent":\{"post".*?Accepted"\}\}\}\}),("message\.received":.*?Accepted"\}\}\}\}),/,
      "$2,$1,",
    ),
  ),
  eventsRow("a delivery with its schema inlined", (all) =>
    all.replaceAll('{"$ref":"#/components/schemas/EventId"}', '{"type":"string"}'),
  ),
  eventsRow("null in the manner of 3.0", (all) =>
    all.replaceAll('"type":["string","null"]', '"type":"string","nullable":true'),
  ),
];
