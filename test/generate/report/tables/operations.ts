import type { JsonObject } from "../../../../scripts/generate/json.js";
import { operation, petDocument } from "../../pages.js";
import { listing, row } from "../row.js";

const paths = (items: JsonObject) => petDocument({ paths: items });
const get = { get: operation("listPets") };
const unnamed = (summary: string, schema: JsonObject = {}) => {
  const { responses = {} } = operation("", { schema });
  return { responses, summary };
};
const servers = (...urls: string[]) => petDocument({ servers: urls.map((url) => ({ url })) });
const region = (variable: JsonObject) =>
  petDocument({ servers: [{ url: "https://{region}.example", variables: { region: variable } }] });
const [a, b] = ["https://a.example", "https://b.example"];

export const operations = [
  row("added", paths({}), paths({ "/pets": get }), [
    "endpoint-added",
    "compatible  added    GET /pets",
  ]),
  row("gone", paths({ "/pets": get }), paths({}), [
    "api-path-removed-without-deprecation",
    "breaking    removed  GET /pets",
  ]),
  row(
    "gone after a warning",
    paths({ "/pets": { get: { ...get.get, deprecated: true } } }),
    paths({}),
    ["api-path-removed-with-deprecation", "breaking    removed  GET /pets"],
  ),
  row(
    "gone from a path that stays",
    paths({ "/pets": { ...get, post: operation("addPet") } }),
    paths({ "/pets": get }),
    ["api-removed-without-deprecation", "breaking    removed  POST /pets"],
  ),
  row("gone without an id", paths({ "/pets": { get: unnamed("List") } }), paths({}), [
    "api-path-removed-without-deprecation",
    "breaking    removed  GET /pets",
  ]),
  row("the same id at another path", paths({ "/pets": get }), paths({ "/animals": get }), [
    "api-path-renamed",
    "breaking    changed  /pets: is now /animals  (listPets)",
  ]),
  row(
    "all operations of a path, without ids",
    paths({ "/v2/pets": { get: unnamed("List"), post: unnamed("Add") } }),
    paths({ "/v3/pets": { post: unnamed("Add"), get: unnamed("List") } }),
    [
      "api-path-renamed",
      "breaking    changed  /v2/pets: is now /v3/pets  (GET /v3/pets, POST /v3/pets)",
    ],
  ),
  row(
    "one of two that look alike goes where its path is nearest",
    paths({ "/v2/cats": { get: unnamed("List") }, "/v2/dogs": { get: unnamed("List") } }),
    paths({ "/v3/dogs": { get: unnamed("List") }, "/v3/cats": { get: unnamed("List") } }),
    ["api-path-renamed", "breaking    changed  /v2/cats: is now /v3/cats  (GET /v3/cats)"],
    ["api-path-renamed", "breaking    changed  /v2/dogs: is now /v3/dogs  (GET /v3/dogs)"],
  ),
  row(
    "another operation at another path",
    paths({ "/pets": { get: unnamed("List", { type: "array" }) } }),
    paths({ "/toys": { get: unnamed("List", { type: "object" }) } }),
    ["api-path-removed-without-deprecation", "breaking    removed  GET /pets"],
    ["endpoint-added", "compatible  added    GET /toys"],
  ),
  row(
    "the same id with another method",
    paths({ "/pets": { put: operation("setPets") } }),
    paths({ "/pets": { patch: operation("setPets") } }),
    ["api-method-changed", "breaking    changed  PUT /pets: is now PATCH /pets  (setPets)"],
  ),
  row("another id", paths({ "/pets": get }), paths({ "/pets": { get: operation("allPets") } }), [
    "api-operation-id-changed",
    "breaking    changed  GET /pets: was listPets, is now allPets",
  ]),
  row(
    "an id at last",
    paths({ "/pets": { get: unnamed("List") } }),
    paths({ "/pets": { get: { ...unnamed("List"), operationId: "listPets" } } }),
    ["api-operation-id-added", "note        changed  GET /pets: now has the operationId listPets"],
  ),
  row(
    "deprecated",
    paths({ "/pets": get }),
    listing({ deprecated: true, "x-sunset": "2027-01-01" }),
    ["endpoint-deprecated", "note        changed  GET /pets: now deprecated, sunset 2027-01-01"],
  ),
  row("no longer deprecated", listing({ deprecated: true }), paths({ "/pets": get }), [
    "endpoint-reactivated",
    "note        changed  GET /pets: no longer deprecated",
  ]),
  row(
    "with an earlier sunset",
    listing({ deprecated: true, "x-sunset": "2027-01-01" }),
    listing({ deprecated: true, "x-sunset": "2026-07-01" }),
    [
      "api-sunset-date-changed",
      "note        changed  GET /pets: sunset was 2027-01-01, is now 2026-07-01",
    ],
  ),
  row("another one", servers(a), servers(b), [
    "api-default-server-changed",
    "breaking    changed  server: was https://a.example, is now https://b.example",
  ]),
  row("one more", servers(a), servers(a, b), [
    "api-server-added",
    "compatible  added    server: https://b.example",
  ]),
  row("one less", servers(a, b), servers(a), [
    "api-server-removed",
    "breaking    removed  server: https://b.example",
  ]),
  row("in another order", servers(a, b), servers(b, a), [
    "api-default-server-changed",
    "breaking    changed  server: was https://a.example, is now https://b.example",
  ]),
  row("a new one first", servers(a), servers(b, a), [
    "api-default-server-changed",
    "breaking    changed  server: was https://a.example, is now https://b.example",
  ]),
  row("none any more", servers(a), petDocument({ servers: [] }), [
    "api-default-server-changed",
    "breaking    changed  server: was https://a.example, is now /",
  ]),
  row(
    "one of the operation's own",
    petDocument(),
    listing({ servers: [{ url: b }], schema: { $ref: "#/components/schemas/Pet" } }),
    [
      "api-default-server-changed",
      "breaking    changed  server: was https://pets.example, is now https://b.example  (listPets)",
    ],
  ),
  row("another default", region({ default: "eu" }), region({ default: "us" }), [
    "api-server-variable-default-changed",
    "breaking    changed  server https://{region}.example {region}: was default eu, is now default us",
  ]),
  row(
    "a value less",
    region({ default: "eu", enum: ["eu", "us"] }),
    region({ default: "eu", enum: ["eu"] }),
    [
      "api-server-variable-enum-value-removed",
      'breaking    removed  server https://{region}.example {region}: value "us"',
    ],
  ),
  row(
    "a value more",
    region({ default: "eu", enum: ["eu"] }),
    region({ default: "eu", enum: ["us", "eu"] }),
    [
      "api-server-variable-enum-value-added",
      'compatible  added    server https://{region}.example {region}: value "us"',
    ],
  ),
  row(
    "only texts",
    petDocument(),
    petDocument({ info: { title: "All pets", version: "1.0.1" }, tags: [{ name: "pets" }] }),
    ["texts-changed", "note        changed  document: only texts differ"],
  ),
  row(
    "only texts of a schema",
    petDocument(),
    petDocument({
      paths: {
        "/pets": {
          get: {
            ...operation("listPets", { schema: { $ref: "#/components/schemas/Pet" } }),
            summary: "All",
            description: "All pets",
          },
        },
      },
    }),
    ["texts-changed", "note        changed  document: only texts differ"],
  ),
];
