import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isObject, type Json, type JsonObject } from "../../../scripts/generate/json.js";
import type { Change } from "../../../scripts/generate/report/change.js";
import { compareDocuments } from "../../../scripts/generate/report/compare-documents.js";
import { operation, petDocument, body, ref, components } from "../pages.js";
import { eventsRow, vendorRow } from "./row.js";

const names = fc.constantFrom("a", "b", "c", "d");

/** Schemas without alternatives, and any; components may lead to one another. */
const { plain, schema } = fc.letrec<{ plain: JsonObject; schema: JsonObject }>((tie) => ({
  plain: kinds(tie("plain")),
  schema: fc.oneof(
    kinds(tie("schema")),
    fc.record({ oneOf: fc.array(tie("schema"), { minLength: 2, maxLength: 3 }) }),
  ),
}));

function kinds(inner: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> {
  return fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ type: fc.constantFrom("string", "integer", "number", "boolean") }),
    fc.record({ type: fc.constant("string"), maxLength: fc.nat(9), nullable: fc.boolean() }),
    fc.record({ type: fc.constant("string"), enum: fc.uniqueArray(names, { minLength: 1 }) }),
    fc.constantFrom(ref("A"), ref("B")),
    fc.record({ type: fc.constant("array"), items: inner }),
    fc.record({ allOf: fc.array(inner, { minLength: 1, maxLength: 2 }) }),
    fc.record(
      {
        type: fc.constant("object"),
        properties: fc.dictionary(names, inner, { maxKeys: 3 }),
        required: fc.uniqueArray(names),
        additionalProperties: fc.boolean(),
      },
      { requiredKeys: ["type", "properties"] },
    ),
  );
}

function apiOf(of: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> {
  return fc.record({ sent: of, got: of, a: of, b: of }).map(({ sent, got, a, b }) =>
    petDocument({
      components: components({ A: a, B: b }),
      paths: { "/pets": { post: operation("addPet", { schema: got, requestBody: body(sent) }) } },
    }),
  );
}

const api = apiOf(schema);

describe("two documents that mean the same", () => {
  test("have no differences if members and lists have another order", () => {
    fc.assert(
      fc.property(api, fc.infiniteStream(fc.nat(7)), (document, numbers) => {
        const next = nextOf(numbers);
        expect(compareDocuments(document, shuffled(document, next))).toEqual([]);
      }),
    );
  });

  test("have no differences if null is written as in 3.1", () => {
    fc.assert(
      fc.property(api, (document) => {
        expect(compareDocuments(document, withoutNullable(document))).toEqual([]);
      }),
    );
  });

  test("have no differences if schemas are in a list of their own", () => {
    fc.assert(
      fc.property(api, fc.constantFrom("allOf", "oneOf", "anyOf"), (document, keyword) => {
        expect(compareDocuments(document, wrapped(document, keyword))).toEqual([]);
      }),
    );
  });
});

function nextOf(numbers: fc.Stream<number>): () => number {
  return () => {
    for (const number of numbers.take(1)) return number;
    return 0;
  };
}

/** Lists whose order has no meaning. */
const SETS = new Set(["allOf", "oneOf", "anyOf", "enum", "required"]);

function shuffled(value: Json, next: () => number): JsonObject {
  const walk = (inner: Json, name: string): Json => {
    if (Array.isArray(inner)) {
      const entries = inner.map((entry) => walk(entry, ""));
      return SETS.has(name) ? mixed(entries, next) : entries;
    }
    if (!isObject(inner)) return inner;
    const members = Object.entries(inner).map(([key, one]) => [key, walk(one, key)] as const);
    return Object.fromEntries(mixed(members, next));
  };
  const result = walk(value, "");
  return isObject(result) ? result : {};
}

function mixed<T>(items: T[], next: () => number): T[] {
  const keyed = items.map((item) => ({ item, key: next() }));
  return keyed.sort((one, other) => one.key - other.key).map(({ item }) => item);
}

function withoutNullable(document: JsonObject): JsonObject {
  return rewritten(document, ({ nullable, ...rest }) => {
    if (nullable === undefined) return { ...rest };
    return nullable === true ? { ...rest, type: ["string", "null"] } : rest;
  });
}

function wrapped(document: JsonObject, keyword: string): JsonObject {
  return rewritten(document, (one) =>
    "type" in one && typeof one["type"] === "string" && one["in"] === undefined
      ? { [keyword]: [one] }
      : one,
  );
}

/** Each object of a document but its security schemes, as `change` writes it. */
function rewritten(value: JsonObject, change: (one: JsonObject) => JsonObject): JsonObject {
  const walk = (inner: Json): Json => {
    if (Array.isArray(inner)) return inner.map(walk);
    return isObject(inner) ? rewritten(inner, change) : inner;
  };
  const members = Object.entries(value).map(([name, one]) => [name, walk(one)] as const);
  return change(Object.fromEntries(members));
}

describe("the reverse comparison", () => {
  const OPPOSITES = { added: "removed", removed: "added", changed: "changed" } as const;
  const opposite = ({ verb, subject }: Change): string => `${OPPOSITES[verb]} ${subject}`;
  const same = ({ verb, subject }: Change): string => `${verb} ${subject}`;

  test("swaps what was added and what was removed, and keeps what was changed", () => {
    fc.assert(
      fc.property(apiOf(plain), apiOf(plain), (before, after) => {
        const back = compareDocuments(after, before).map(opposite);
        expect(new Set(back)).toEqual(new Set(compareDocuments(before, after).map(same)));
      }),
    );
  });
});

test.each([
  vendorRow("the vendor's page", (page) => page.replace("# Webhook", "# The webhook")),
  eventsRow("the description of the deliveries", (text) => text.replace("What was written.", "")),
])("$title in another order has no differences", ({ before }) => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(7)), (numbers) => {
      const next = nextOf(numbers);
      expect(compareDocuments(before, shuffled(before, next))).toEqual([]);
    }),
    { numRuns: 20 },
  );
});
