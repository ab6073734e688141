import { asking, got, row, sent } from "../row.js";

const text = (more = {}): Record<string, string | number> => ({ type: "string", ...more });
const number = (more = {}): Record<string, string | number> => ({ type: "number", ...more });
const list = (more = {}): Record<string, string | number> => ({ type: "array", ...more });

export const limits = [
  row("in a request", sent(text({ maxLength: 20 })), sent(text({ maxLength: 10 })), [
    "request-property-max-length-decreased",
    "breaking    changed  Pet.name: was maxLength 20, is now maxLength 10  (addPet)",
  ]),
  row("in a request", sent(text({ maxLength: 9 })), sent(text({ maxLength: 10 })), [
    "request-property-max-length-increased",
    "compatible  changed  Pet.name: was maxLength 9, is now maxLength 10  (addPet)",
  ]),
  row("in a request", sent(text()), sent(text({ maxLength: 10 })), [
    "request-property-max-length-set",
    "breaking    changed  Pet.name: now maxLength 10  (addPet)",
  ]),
  row("in a request", sent(text({ maxLength: 10 })), sent(text()), [
    "request-property-max-length-unset",
    "compatible  changed  Pet.name: no longer maxLength 10  (addPet)",
  ]),
  row("in an answer", got(text({ maxLength: 9 })), got(text({ maxLength: 10 })), [
    "response-property-max-length-increased",
    "breaking    changed  Pet.name: was maxLength 9, is now maxLength 10  (listPets 200)",
  ]),
  row("in an answer", got(text({ maxLength: 20 })), got(text({ maxLength: 10 })), [
    "response-property-max-length-decreased",
    "compatible  changed  Pet.name: was maxLength 20, is now maxLength 10  (listPets 200)",
  ]),
  row("in an answer", got(text()), got(text({ maxLength: 10 })), [
    "response-property-max-length-set",
    "compatible  changed  Pet.name: now maxLength 10  (listPets 200)",
  ]),
  row("in an answer", got(text({ maxLength: 10 })), got(text()), [
    "response-property-max-length-unset",
    "breaking    changed  Pet.name: no longer maxLength 10  (listPets 200)",
  ]),
  row("in a request", sent(text({ minLength: 1 })), sent(text({ minLength: 2 })), [
    "request-property-min-length-increased",
    "breaking    changed  Pet.name: was minLength 1, is now minLength 2  (addPet)",
  ]),
  row("in a request", sent(text({ minLength: 2 })), sent(text({ minLength: 1 })), [
    "request-property-min-length-decreased",
    "compatible  changed  Pet.name: was minLength 2, is now minLength 1  (addPet)",
  ]),
  row(
    "in a parameter",
    asking({ schema: number({ maximum: 100 }) }),
    asking({ schema: number({ maximum: 50 }) }),
    [
      "request-parameter-max-decreased",
      "breaking    changed  query parameter limit: was maximum 100, is now maximum 50  (listPets)",
    ],
  ),
  row(
    "in a parameter",
    asking({ schema: number({ maximum: 99 }) }),
    asking({ schema: number({ maximum: 100 }) }),
    [
      "request-parameter-max-increased",
      "compatible  changed  query parameter limit: was maximum 99, is now maximum 100  (listPets)",
    ],
  ),
  row(
    "in a parameter",
    asking({ schema: number({ minimum: 1 }) }),
    asking({ schema: number({ minimum: 2 }) }),
    [
      "request-parameter-min-increased",
      "breaking    changed  query parameter limit: was minimum 1, is now minimum 2  (listPets)",
    ],
  ),
  row(
    "in a request, closed to exclusive",
    sent(number({ maximum: 10 })),
    sent(number({ exclusiveMaximum: 10 })),
    [
      "request-property-max-decreased",
      "breaking    changed  Pet.name: was maximum 10, is now exclusiveMaximum 10  (addPet)",
    ],
  ),
  row(
    "in a request, exclusive to closed",
    sent(number({ exclusiveMinimum: 0 })),
    sent(number({ minimum: 0 })),
    [
      "request-property-min-decreased",
      "compatible  changed  Pet.name: was exclusiveMinimum 0, is now minimum 0  (addPet)",
    ],
  ),
  row("in a request", sent(list({ maxItems: 10 })), sent(list({ maxItems: 5 })), [
    "request-property-max-items-decreased",
    "breaking    changed  Pet.name: was maxItems 10, is now maxItems 5  (addPet)",
  ]),
  row("in a request", sent(list()), sent(list({ minItems: 1 })), [
    "request-property-min-items-set",
    "breaking    changed  Pet.name: now minItems 1  (addPet)",
  ]),
  row("in an answer", got(list({ minItems: 1 })), got(list()), [
    "response-property-min-items-unset",
    "breaking    changed  Pet.name: no longer minItems 1  (listPets 200)",
  ]),
  row("in a request", sent({ type: "array" }), sent({ type: "array", uniqueItems: true }), [
    "request-property-unique-items-set",
    "breaking    changed  Pet.name: entries must now be unique  (addPet)",
  ]),
  row("in an answer", got({ type: "array", uniqueItems: true }), got({ type: "array" }), [
    "response-property-unique-items-unset",
    "breaking    changed  Pet.name: entries may now repeat  (listPets 200)",
  ]),
  row(
    "in a request",
    sent({ type: "object", maxProperties: 9 }),
    sent({ type: "object", maxProperties: 8 }),
    [
      "request-property-max-properties-decreased",
      "breaking    changed  Pet.name: was maxProperties 9, is now maxProperties 8  (addPet)",
    ],
  ),
  row("in a request", sent(number({ multipleOf: 2 })), sent(number({ multipleOf: 6 })), [
    "request-property-multiple-of-specialized",
    "breaking    changed  Pet.name: was multipleOf 2, is now multipleOf 6  (addPet)",
  ]),
  row("in a request", sent(number({ multipleOf: 0.1 })), sent(number({ multipleOf: 0.01 })), [
    "request-property-multiple-of-generalized",
    "compatible  changed  Pet.name: was multipleOf 0.1, is now multipleOf 0.01  (addPet)",
  ]),
  row("in an answer", got(number({ multipleOf: 2 })), got(number({ multipleOf: 3 })), [
    "response-property-multiple-of-changed",
    "breaking    changed  Pet.name: was multipleOf 2, is now multipleOf 3  (listPets 200)",
  ]),
  row("in an answer", got(number({ multipleOf: 2 })), got(number()), [
    "response-property-multiple-of-unset",
    "breaking    changed  Pet.name: no longer multipleOf 2  (listPets 200)",
  ]),
  row(
    "in a request, the stricter of two",
    sent({ allOf: [text({ maxLength: 9 }), text({ maxLength: 20 })] }),
    sent({ allOf: [text({ maxLength: 10 }), text({ maxLength: 8 })] }),
    [
      "request-property-max-length-decreased",
      "breaking    changed  Pet.name: was maxLength 9, is now maxLength 8  (addPet)",
    ],
  ),
];
