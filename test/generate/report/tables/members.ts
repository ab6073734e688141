import { body, components, operation, petDocument, ref } from "../../pages.js";
import { answering, got, named, row, sent, taking } from "../row.js";

const text = { type: "string" };
const bare = { type: "object", required: ["id"], properties: { id: { type: "integer" } } };
const must = named(text, { required: ["id", "name"] });
const tree = (type: string) => ({
  type: "object",
  properties: {
    name: { type },
    parent: ref("Pet"),
    children: { type: "array", items: ref("Pet") },
  },
});
const cat = (...required: string[]) => ({
  Base: named(text),
  Cat: { allOf: [ref("Base"), { type: "object", required, properties: { claws: text } }] },
});

const roundTrip = (type: string) =>
  petDocument({
    components: components({ Pet: named({ type }) }),
    paths: {
      "/pets": { post: operation("addPet", { schema: ref("Pet"), requestBody: body(ref("Pet")) }) },
    },
  });
const times = (name: string, type: string) =>
  answering(
    { type: "object", properties: { made: ref(name), seen: ref(name) } },
    { [name]: { type } },
  );
const day = (name: string, type: string) =>
  answering(
    { type: "object", properties: { a: ref(name), b: ref(name) } },
    { [name]: { type: "object", properties: { day: { type } } } },
  );

export const members = [
  row("of one component, wherever it is used", times("Time", "string"), times("Time", "integer"), [
    "response-property-type-changed",
    "breaking    changed  Time: was string, is now integer  (listPets 200)",
  ]),
  row(
    "of two members that get another component",
    times("Time", "string"),
    times("Date", "integer"),
    [
      "response-property-type-changed",
      "breaking    changed  Pet.made: was string, is now integer  (listPets 200)",
    ],
    [
      "response-property-type-changed",
      "breaking    changed  Pet.seen: was string, is now integer  (listPets 200)",
    ],
  ),
  row(
    "inside of two members that get another component",
    day("Day", "string"),
    day("Date", "integer"),
    [
      "response-property-type-changed",
      "breaking    changed  Pet.a.day: was string, is now integer  (listPets 200)",
    ],
    [
      "response-property-type-changed",
      "breaking    changed  Pet.b.day: was string, is now integer  (listPets 200)",
    ],
  ),
  row(
    "of a component that is sent and read",
    roundTrip("string"),
    roundTrip("integer"),
    [
      "request-property-type-changed",
      "breaking    changed  Pet.name: was string, is now integer  (addPet)",
    ],
    [
      "response-property-type-changed",
      "breaking    changed  Pet.name: was string, is now integer  (addPet 200)",
    ],
  ),
  row("in a request", taking(bare), taking(must), [
    "new-required-request-property",
    "breaking    added    Pet.name: required  (addPet)",
  ]),
  row("in a request", taking(bare), taking(named(text)), [
    "new-optional-request-property",
    "compatible  added    Pet.name: optional  (addPet)",
  ]),
  row("in a request", taking(named(text)), taking(bare), [
    "request-property-removed",
    "breaking    removed  Pet.name  (addPet)",
  ]),
  row(
    "in a request, though it has a default",
    taking(bare),
    taking(named({ type: "string", default: "Rex" }, { required: ["id", "name"] })),
    ["new-required-request-property", "breaking    added    Pet.name: required  (addPet)"],
  ),
  row("in a request", taking(named(text)), taking(must), [
    "request-property-became-required",
    "breaking    changed  Pet.name: now required  (addPet)",
  ]),
  row("in a request", taking(must), taking(named(text)), [
    "request-property-became-optional",
    "compatible  changed  Pet.name: now optional  (addPet)",
  ]),
  row("in an answer", answering(bare), answering(named(text)), [
    "response-optional-property-added",
    "compatible  added    Pet.name  (listPets 200)",
  ]),
  row("in an answer", answering(bare), answering(must), [
    "response-required-property-added",
    "compatible  added    Pet.name  (listPets 200)",
  ]),
  row("in an answer", answering(named(text)), answering(bare), [
    "response-optional-property-removed",
    "breaking    removed  Pet.name  (listPets 200)",
  ]),
  row("in an answer", answering(must), answering(bare), [
    "response-required-property-removed",
    "breaking    removed  Pet.name  (listPets 200)",
  ]),
  row("in an answer", answering(must), answering(named(text)), [
    "response-property-became-optional",
    "breaking    changed  Pet.name: now optional  (listPets 200)",
  ]),
  row("in an answer", answering(named(text)), answering(must), [
    "response-property-became-required",
    "compatible  changed  Pet.name: now required  (listPets 200)",
  ]),
  row(
    "got under another name",
    answering(named(text)),
    answering({ ...bare, properties: { id: { type: "integer" }, title: text } }),
    ["response-optional-property-removed", "breaking    removed  Pet.name  (listPets 200)"],
    ["response-optional-property-added", "compatible  added    Pet.title  (listPets 200)"],
  ),
  row(
    "in an answer, required without being listed",
    answering(bare),
    answering({ ...bare, required: ["id", "age"] }),
    ["response-required-property-added", "compatible  added    Pet.age  (listPets 200)"],
  ),
  row("in a request", sent(text), sent({ type: "string", readOnly: true }), [
    "request-property-became-read-only",
    "breaking    changed  Pet.name: now read-only  (addPet)",
  ]),
  row("in a request", sent({ type: "string", readOnly: true }), sent(text), [
    "request-property-became-not-read-only",
    "compatible  changed  Pet.name: no longer read-only  (addPet)",
  ]),
  row(
    "in a request, and required at once",
    sent({ type: "string", readOnly: true }),
    taking(must),
    [
      "request-property-became-not-read-only",
      "breaking    changed  Pet.name: no longer read-only, and required  (addPet)",
    ],
  ),
  row(
    "in a request, read-only all the while",
    sent({ type: "string", readOnly: true, maxLength: 9 }),
    sent({ type: "string", readOnly: true, maxLength: 8 }),
  ),
  row(
    "in a request, a new one that only the server writes",
    taking(bare),
    taking(named({ type: "string", readOnly: true }, { required: ["id", "name"] })),
  ),
  row("in an answer", got(text), got({ type: "string", writeOnly: true }), [
    "response-property-became-write-only",
    "breaking    changed  Pet.name: now write-only  (listPets 200)",
  ]),
  row("in an answer", got({ type: "string", writeOnly: true }), got(text), [
    "response-property-became-not-write-only",
    "compatible  changed  Pet.name: no longer write-only  (listPets 200)",
  ]),
  row("in an answer", got(text), got({ type: "string", readOnly: true }), [
    "response-property-became-read-only",
    "note        changed  Pet.name: now read-only  (listPets 200)",
  ]),
  row("in an answer", got(text), got({ type: "string", deprecated: true }), [
    "response-property-deprecated",
    "note        changed  Pet.name: now deprecated  (listPets 200)",
  ]),
  row("in an answer", got({ type: "string", deprecated: true }), got(text), [
    "response-property-reactivated",
    "note        changed  Pet.name: no longer deprecated  (listPets 200)",
  ]),
  row(
    "in a request",
    sent(text),
    sent({ type: "string", deprecated: true, "x-sunset": "2027-01-01" }),
    [
      "request-property-deprecated",
      "note        changed  Pet.name: now deprecated, sunset 2027-01-01  (addPet)",
    ],
  ),
  row(
    "in a request",
    sent({ type: "string", deprecated: true, "x-sunset": "2027-01-01" }),
    sent({ type: "string", deprecated: true, "x-sunset": "2026-01-01" }),
    [
      "request-property-sunset-changed",
      "note        changed  Pet.name: sunset was 2027-01-01, is now 2026-01-01  (addPet)",
    ],
  ),
  row("in a request", taking(bare), taking({ ...bare, additionalProperties: false }), [
    "request-body-additional-properties-closed",
    "breaking    changed  Pet: no longer allows other members  (addPet)",
  ]),
  row("in a request", taking({ ...bare, additionalProperties: false }), taking(bare), [
    "request-body-additional-properties-opened",
    "compatible  changed  Pet: now allows other members  (addPet)",
  ]),
  row("in an answer", answering({ ...bare, additionalProperties: false }), answering(bare), [
    "response-body-additional-properties-opened",
    "compatible  changed  Pet: now allows other members  (listPets 200)",
  ]),
  row(
    "in an answer",
    answering({ ...bare, additionalProperties: text }),
    answering({ ...bare, additionalProperties: false }),
    [
      "response-body-additional-properties-closed",
      "breaking    changed  Pet: no longer allows other members  (listPets 200)",
    ],
  ),
  row(
    "in an answer, of another type",
    answering({ ...bare, additionalProperties: text }),
    answering({ ...bare, additionalProperties: { type: "integer" } }),
    [
      "response-property-type-changed",
      "breaking    changed  Pet.*: was string, is now integer  (listPets 200)",
    ],
  ),
  row(
    "in a request, of a type at last",
    taking(bare),
    taking({ ...bare, additionalProperties: text }),
    [
      "request-property-type-specialized",
      "breaking    changed  Pet.*: was any, is now string  (addPet)",
    ],
  ),
  row("in a request", taking(bare), taking({ ...bare, patternProperties: { "^x": text } }), [
    "request-body-pattern-property-added",
    "breaking    changed  Pet: now has a schema for members matching ^x  (addPet)",
  ]),
  row(
    "entries got",
    got({ type: "array", items: text }),
    got({ type: "array", items: { type: "integer" } }),
    [
      "response-property-type-changed",
      "breaking    changed  Pet.name[]: was string, is now integer  (listPets 200)",
    ],
  ),
  row("entries got, of any type", got({ type: "array", items: text }), got({ type: "array" }), [
    "response-property-type-generalized",
    "breaking    changed  Pet.name[]: was string, is now any  (listPets 200)",
  ]),
  row(
    "entries by their place",
    got({ prefixItems: [text, text], type: "array" }),
    got({ prefixItems: [text, { type: "integer" }], type: "array" }),
    [
      "response-property-type-changed",
      "breaking    changed  Pet.name[1]: was string, is now integer  (listPets 200)",
    ],
  ),
  row(
    "deep inside",
    got({ type: "array", items: { allOf: [{ properties: { at: text } }] } }),
    got({ type: "array", items: { properties: { at: { type: "integer" } } } }),
    [
      "response-property-type-changed",
      "breaking    changed  Pet.name[].at: was string, is now integer  (listPets 200)",
    ],
  ),
  row(
    "in a schema that leads back to itself",
    answering(tree("string")),
    answering(tree("integer")),
    [
      "response-property-type-changed",
      "breaking    changed  Pet.name: was string, is now integer  (listPets 200)",
    ],
  ),
  row(
    "of what others take in",
    answering({ oneOf: [ref("Cat"), ref("Base")] }, cat()),
    answering({ oneOf: [ref("Cat"), ref("Base")] }, { ...cat(), Base: named({ type: "integer" }) }),
    [
      "response-property-type-changed",
      "breaking    changed  Base.name: was string, is now integer  (listPets 200)",
    ],
  ),
  row(
    "required by what takes it in",
    answering(ref("Cat"), cat()),
    answering(ref("Cat"), cat("name")),
    [
      "response-property-became-required",
      "compatible  changed  Pet.name: now required  (listPets 200)",
    ],
  ),
  row(
    "with a part more",
    answering({ allOf: [bare] }),
    answering({ allOf: [bare, { type: "object", properties: { age: { type: "integer" } } }] }),
    ["response-optional-property-added", "compatible  added    Pet.age  (listPets 200)"],
  ),
];
