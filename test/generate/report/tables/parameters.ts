import { petDocument } from "../../pages.js";
import { operation } from "../../pages.js";
import { asking, listing, row } from "../row.js";

const limit = { name: "limit", in: "query", schema: { type: "integer" } };
const list = { type: "array", items: { type: "string" } };
const at = (path: string, name: string) =>
  petDocument({
    paths: {
      [path]: {
        parameters: [{ name, in: "path", required: true, schema: { type: "integer" } }],
        get: operation("getPet"),
      },
    },
  });

export const parameters = [
  row("added", listing({}), listing({ parameters: [{ ...limit, required: true }] }), [
    "new-required-request-parameter",
    "breaking    added    query parameter limit: required  (listPets)",
  ]),
  row("added", listing({}), listing({ parameters: [limit] }), [
    "new-optional-request-parameter",
    "compatible  added    query parameter limit: optional  (listPets)",
  ]),
  row("gone", listing({ parameters: [limit] }), listing({}), [
    "request-parameter-removed",
    "breaking    removed  query parameter limit  (listPets)",
  ]),
  row("gone", listing({ parameters: [{ ...limit, deprecated: true }] }), listing({}), [
    "request-parameter-removed-with-deprecation",
    "breaking    removed  query parameter limit  (listPets)",
  ]),
  row("in a parameter", asking({ schema: {} }), asking({ schema: {}, required: true }), [
    "request-parameter-became-required",
    "breaking    changed  query parameter limit: now required  (listPets)",
  ]),
  row("in a parameter", asking({ schema: {}, required: true }), asking({ schema: {} }), [
    "request-parameter-became-optional",
    "compatible  changed  query parameter limit: now optional  (listPets)",
  ]),
  row(
    "from the query to a header",
    listing({ parameters: [limit] }),
    listing({ parameters: [{ ...limit, in: "header" }] }),
    [
      "request-parameter-moved",
      "breaking    changed  query parameter limit: is now a header parameter  (listPets)",
    ],
  ),
  row(
    "at the path, for all its operations",
    petDocument({ paths: { "/pets": { get: operation("listPets"), post: operation("addPet") } } }),
    petDocument({
      paths: {
        "/pets": { parameters: [limit], get: operation("listPets"), post: operation("addPet") },
      },
    }),
    [
      "new-optional-request-parameter",
      "compatible  added    query parameter limit: optional  (addPet, listPets)",
    ],
  ),
  row("in the path", at("/pets/{id}", "id"), at("/pets/{pet_id}", "pet_id"), [
    "request-path-parameter-renamed",
    "note        changed  path parameter id: is now called pet_id  (getPet)",
  ]),
  row("of a list", asking({ schema: list }), asking({ schema: list, explode: false }), [
    "request-parameter-explode-changed",
    "breaking    changed  query parameter limit: was explode true, is now explode false  (listPets)",
  ]),
  row(
    "of a list",
    asking({ schema: list, explode: false }),
    asking({ schema: list, style: "pipeDelimited" }),
    [
      "request-parameter-style-changed",
      "breaking    changed  query parameter limit: was style form, is now style pipeDelimited  (listPets)",
    ],
  ),
  row(
    "a type of media in place of a schema",
    asking({ schema: list }),
    asking({ content: { "application/json": { schema: list } } }),
    [
      "request-parameter-content-changed",
      "breaking    changed  query parameter limit: was style form, is now application/json  (listPets)",
    ],
  ),
  row(
    "in a parameter",
    asking({ schema: { type: "string" }, allowReserved: true }),
    asking({ schema: { type: "string" } }),
    [
      "request-parameter-allow-reserved-changed",
      "breaking    changed  query parameter limit: no longer sent without escaping  (listPets)",
    ],
  ),
  row("in a parameter", asking({ schema: {} }), asking({ schema: {}, allowEmptyValue: true }), [
    "request-parameter-allow-empty-value-changed",
    "compatible  changed  query parameter limit: now allowed to be empty  (listPets)",
  ]),
  row("in a parameter", asking({ schema: {} }), asking({ schema: {}, deprecated: true }), [
    "request-parameter-deprecated",
    "note        changed  query parameter limit: now deprecated  (listPets)",
  ]),
  row(
    "a member of one",
    asking({ schema: { type: "object", properties: { a: { type: "integer" } } } }),
    asking({ schema: { type: "object", properties: { a: { type: "string" } } } }),
    [
      "request-parameter-property-type-changed",
      "breaking    changed  query parameter limit.a: was integer, is now string  (listPets)",
    ],
  ),
  row(
    "a member of one",
    asking({ schema: { type: "object" } }),
    asking({ schema: { type: "object", required: ["a"] } }),
    [
      "new-required-request-parameter-property",
      "breaking    added    query parameter limit.a: required  (listPets)",
    ],
  ),
];
