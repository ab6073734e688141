import { answering, asking, got, row, sent } from "../row.js";

const colors = (...values: (string | null)[]) => ({ type: "string", enum: values });

export const values = [
  row("in a request", sent({ type: "integer" }), sent({ type: "string" }), [
    "request-property-type-changed",
    "breaking    changed  Pet.name: was integer, is now string  (addPet)",
  ]),
  row("in an answer", got({ type: "integer" }), got({ type: "string" }), [
    "response-property-type-changed",
    "breaking    changed  Pet.name: was integer, is now string  (listPets 200)",
  ]),
  row(
    "in a parameter",
    asking({ schema: { type: "integer" } }),
    asking({ schema: { type: "string" } }),
    [
      "request-parameter-type-changed",
      "breaking    changed  query parameter limit: was integer, is now string  (listPets)",
    ],
  ),
  row("whole body", answering({ type: "object" }), answering({ type: "array" }), [
    "response-body-type-changed",
    "breaking    changed  Pet: was object, is now array  (listPets 200)",
  ]),
  row("in a request, integer to number", sent({ type: "integer" }), sent({ type: "number" }), [
    "request-property-type-generalized",
    "compatible  changed  Pet.name: was integer, is now number  (addPet)",
  ]),
  row("in an answer, integer to number", got({ type: "integer" }), got({ type: "number" }), [
    "response-property-type-generalized",
    "breaking    changed  Pet.name: was integer, is now number  (listPets 200)",
  ]),
  row("in a request, number to integer", sent({ type: "number" }), sent({ type: "integer" }), [
    "request-property-type-specialized",
    "breaking    changed  Pet.name: was number, is now integer  (addPet)",
  ]),
  row("in an answer, number to integer", got({ type: "number" }), got({ type: "integer" }), [
    "response-property-type-specialized",
    "compatible  changed  Pet.name: was number, is now integer  (listPets 200)",
  ]),
  row(
    "in a request, a type more",
    sent({ type: "string" }),
    sent({ type: ["string", "integer"] }),
    [
      "request-property-type-generalized",
      "compatible  changed  Pet.name: was string, is now integer or string  (addPet)",
    ],
  ),
  row("in an answer, a type more", got({ type: "string" }), got({ type: ["string", "integer"] }), [
    "response-property-type-generalized",
    "breaking    changed  Pet.name: was string, is now integer or string  (listPets 200)",
  ]),
  row("in an answer, a type less", got({ type: ["string", "integer"] }), got({ type: "string" }), [
    "response-property-type-specialized",
    "compatible  changed  Pet.name: was integer or string, is now string  (listPets 200)",
  ]),
  row("in an answer, any type", got({ type: "string" }), got({}), [
    "response-property-type-generalized",
    "breaking    changed  Pet.name: was string, is now any  (listPets 200)",
  ]),
  row("in a request, a type at last", sent({}), sent({ type: "string" }), [
    "request-property-type-specialized",
    "breaking    changed  Pet.name: was any, is now string  (addPet)",
  ]),
  row(
    "in a request, integer to number with formats",
    sent({ type: "integer", format: "int32" }),
    sent({ type: "number", format: "double" }),
    [
      "request-property-type-generalized",
      "compatible  changed  Pet.name: was integer (int32), is now number (double)  (addPet)",
    ],
  ),
  row("in a request", sent({ type: "string" }), sent({ type: "string", nullable: true }), [
    "request-property-became-nullable",
    "compatible  changed  Pet.name: may now be null  (addPet)",
  ]),
  row("in an answer", got({ type: "string" }), got({ type: "string", nullable: true }), [
    "response-property-became-nullable",
    "breaking    changed  Pet.name: may now be null  (listPets 200)",
  ]),
  row("in an answer", got({ type: ["string", "null"] }), got({ type: "string" }), [
    "response-property-became-not-nullable",
    "compatible  changed  Pet.name: may no longer be null  (listPets 200)",
  ]),
  row("in a request", sent({ type: ["string", "null"] }), sent({ type: "string" }), [
    "request-property-became-not-nullable",
    "breaking    changed  Pet.name: may no longer be null  (addPet)",
  ]),
  row(
    "in an answer, through a reference",
    got({ allOf: [{ type: "object" }] }),
    got({ oneOf: [{ type: "object" }, { type: "null" }] }),
    [
      "response-property-became-nullable",
      "breaking    changed  Pet.name: may now be null  (listPets 200)",
    ],
  ),
  row("in a request", sent({ type: "string" }), sent({ type: "string", format: "uri" }), [
    "request-property-format-added",
    "breaking    changed  Pet.name: now format uri  (addPet)",
  ]),
  row("in an answer", got({ type: "string", format: "date-time" }), got({ type: "string" }), [
    "response-property-format-removed",
    "breaking    changed  Pet.name: no longer format date-time  (listPets 200)",
  ]),
  row(
    "in an answer",
    got({ type: "string", format: "date-time" }),
    got({ type: "string", format: "date" }),
    [
      "response-property-format-changed",
      "breaking    changed  Pet.name: was format date-time, is now format date  (listPets 200)",
    ],
  ),
  row(
    "in an answer, twice the size",
    got({ type: "integer", format: "int32" }),
    got({ type: "integer", format: "int64" }),
    [
      "response-property-format-changed",
      "breaking    changed  Pet.name: was format int32, is now format int64  (listPets 200)",
    ],
  ),
  row(
    "in a request, twice the size",
    sent({ type: "integer", format: "int32" }),
    sent({ type: "integer", format: "int64" }),
    [
      "request-property-format-changed",
      "compatible  changed  Pet.name: was format int32, is now format int64  (addPet)",
    ],
  ),
  row(
    "in a request, what every number of JavaScript fits",
    sent({ type: "integer" }),
    sent({ type: "integer", format: "int64" }),
    ["request-property-format-added", "compatible  changed  Pet.name: now format int64  (addPet)"],
  ),
  row("in a request", sent({ type: "string" }), sent({ type: "string", pattern: "^a" }), [
    "request-property-pattern-added",
    "breaking    changed  Pet.name: now pattern ^a  (addPet)",
  ]),
  row("in a request", sent({ type: "string", pattern: "^a" }), sent({ type: "string" }), [
    "request-property-pattern-removed",
    "compatible  changed  Pet.name: no longer pattern ^a  (addPet)",
  ]),
  row(
    "in an answer",
    got({ type: "string", pattern: "^a" }),
    got({ type: "string", pattern: "^b" }),
    [
      "response-property-pattern-changed",
      "breaking    changed  Pet.name: was pattern ^a, is now pattern ^b  (listPets 200)",
    ],
  ),
  row("in a request", sent(colors("a")), sent(colors("a", "b")), [
    "request-property-enum-value-added",
    'compatible  added    Pet.name: value "b"  (addPet)',
  ]),
  row("in a request", sent(colors("a", "b")), sent(colors("b")), [
    "request-property-enum-value-removed",
    'breaking    removed  Pet.name: value "a"  (addPet)',
  ]),
  row("in an answer", got(colors("a")), got(colors("a", "b")), [
    "response-property-enum-value-added",
    'breaking    added    Pet.name: value "b"  (listPets 200)',
  ]),
  row("in an answer", got(colors("a", "b")), got(colors("b")), [
    "response-property-enum-value-removed",
    'breaking    removed  Pet.name: value "a"  (listPets 200)',
  ]),
  row("in a request", sent({ type: "string" }), sent(colors("a", "b")), [
    "request-property-became-enum",
    'breaking    changed  Pet.name: now only "a", "b"  (addPet)',
  ]),
  row("in an answer", got({ type: "string" }), got(colors("a", "b")), [
    "response-property-became-enum",
    'compatible  changed  Pet.name: now only "a", "b"  (listPets 200)',
  ]),
  row("in an answer", got(colors("a")), got({ type: "string" }), [
    "response-property-enum-removed",
    "breaking    changed  Pet.name: now any value  (listPets 200)",
  ]),
  row("in an answer, null among the values", got(colors("a")), got({ enum: [null, "a"] }), [
    "response-property-became-nullable",
    "breaking    changed  Pet.name: may now be null  (listPets 200)",
  ]),
  row("in an answer", got({ const: "a" }), got({ const: "b" }), [
    "response-property-const-changed",
    'breaking    changed  Pet.name: was "a", is now "b"  (listPets 200)',
  ]),
  row("in a parameter", asking({ schema: colors("a", "b") }), asking({ schema: colors("a") }), [
    "request-parameter-enum-value-removed",
    'breaking    removed  query parameter limit: value "b"  (listPets)',
  ]),
  row(
    "in a parameter",
    asking({ schema: { type: "integer", default: 10 } }),
    asking({ schema: { type: "integer", default: 20 } }),
    [
      "request-parameter-default-value-changed",
      "breaking    changed  query parameter limit: was default 10, is now default 20  (listPets)",
    ],
  ),
  row(
    "in a parameter",
    asking({ schema: { type: "integer" } }),
    asking({ schema: { type: "integer", default: 20 } }),
    [
      "request-parameter-default-value-added",
      "compatible  changed  query parameter limit: now default 20  (listPets)",
    ],
  ),
  row(
    "in a request",
    sent({ type: "boolean", default: true }),
    sent({ type: "boolean", default: false }),
    [
      "request-property-default-value-changed",
      "breaking    changed  Pet.name: was default true, is now default false  (addPet)",
    ],
  ),
  row("in a request", sent({ type: "boolean", default: true }), sent({ type: "boolean" }), [
    "request-property-default-value-removed",
    "breaking    changed  Pet.name: no longer default true  (addPet)",
  ]),
  row(
    "in an answer",
    got({ type: "boolean", default: true }),
    got({ type: "boolean", default: false }),
    [
      "response-property-default-value-changed",
      "note        changed  Pet.name: was default true, is now default false  (listPets 200)",
    ],
  ),
  row(
    "in a parameter, where it cannot be left out",
    asking({ required: true, schema: { type: "integer", default: 1 } }),
    asking({ required: true, schema: { type: "integer", default: 2 } }),
    [
      "request-parameter-default-value-changed",
      "note        changed  query parameter limit: was default 1, is now default 2  (listPets)",
    ],
  ),
  row(
    "in a request",
    sent({ type: "object" }),
    sent({ type: "object", not: { required: ["a"] } }),
    [
      "request-property-not-added",
      'breaking    changed  Pet.name: now not {"required":["a"]}  (addPet)',
    ],
  ),
  row(
    "in a request",
    sent({ type: "object" }),
    sent({ type: "object", dependentRequired: { a: ["b"] } }),
    [
      "request-property-dependent-required-added",
      'breaking    changed  Pet.name: now dependentRequired {"a":["b"]}  (addPet)',
    ],
  ),
];
