import { ref } from "../../pages.js";
import { answering, got, named, row, sent, taking } from "../row.js";

const text = { type: "string" };
const cat = {
  type: "object",
  required: ["claws"],
  properties: { claws: { type: "integer" }, kind: { const: "cat" } },
};
const dog = {
  type: "object",
  required: ["tricks"],
  properties: { tricks: { type: "integer" }, kind: { const: "dog" } },
};
const bird = { type: "object", required: ["wings"], properties: { wings: { type: "integer" } } };
const animals = { Cat: cat, Dog: dog, Bird: bird };
const refs = (...names: string[]) => ({ oneOf: names.map(ref) });
const told = (propertyName: string, mapping = {}, ...names: string[]) => ({
  ...refs(...names),
  discriminator: { propertyName, ...mapping },
});
const mapped = (...keys: string[]) => ({
  mapping: Object.fromEntries(keys.map((key) => [key, "#/components/schemas/Cat"])),
});

export const alternatives = [
  row(
    "in an answer",
    answering(refs("Cat", "Dog"), animals),
    answering(refs("Bird", "Cat", "Dog"), animals),
    ["response-body-one-of-added", "breaking    added    Pet<Bird>  (listPets 200)"],
  ),
  row(
    "in an answer",
    answering(refs("Cat", "Dog", "Bird"), animals),
    answering(refs("Dog", "Bird"), animals),
    ["response-body-one-of-removed", "breaking    removed  Pet<Cat>  (listPets 200)"],
  ),
  row(
    "in a request",
    taking(refs("Cat", "Dog"), animals),
    taking(refs("Dog", "Cat", "Bird"), animals),
    ["request-body-one-of-added", "compatible  added    Pet<Bird>  (addPet)"],
  ),
  row("in a request", taking(refs("Cat", "Dog"), animals), taking(refs("Dog"), animals), [
    "request-body-one-of-removed",
    "breaking    removed  Pet<Cat>  (addPet)",
  ]),
  row("in a request", sent({ anyOf: [cat, dog] }), sent({ anyOf: [dog, bird, cat] }), [
    "request-property-any-of-added",
    "compatible  added    Pet.name<object with wings>  (addPet)",
  ]),
  row(
    "in an answer, one of several types less",
    got({ oneOf: [text, cat] }),
    got({ oneOf: [cat] }),
    ["response-property-one-of-removed", "compatible  removed  Pet.name<string>  (listPets 200)"],
  ),
  row(
    "changed inside, in another order and inlined",
    answering(refs("Cat", "Dog"), animals),
    answering({ oneOf: [dog, { ...cat, properties: { ...cat.properties, claws: text } }] }),
    [
      "response-property-type-changed",
      "breaking    changed  Cat.claws: was integer, is now string  (listPets 200)",
    ],
  ),
  row(
    "changed inside, identified by a constant member",
    got({ oneOf: [cat, dog] }),
    got({ oneOf: [{ ...dog, required: [] }, cat] }),
    [
      "response-property-became-optional",
      "breaking    changed  Pet.name<object with kind, tricks>.tricks: now optional  (listPets 200)",
    ],
  ),
  row(
    "in an answer, what was the whole",
    answering(ref("Cat"), animals),
    answering(refs("Dog", "Cat"), animals),
    ["response-body-one-of-added", "breaking    added    Pet<Dog>  (listPets 200)"],
  ),
  row(
    "in a request, what was the whole",
    taking(ref("Cat"), animals),
    taking(refs("Dog", "Cat"), animals),
    ["request-body-one-of-added", "compatible  added    Pet<Dog>  (addPet)"],
  ),
  row(
    "in an answer, what is now the whole",
    answering(refs("Cat", "Dog"), animals),
    answering(ref("Dog"), animals),
    ["response-body-one-of-removed", "breaking    removed  Pet<Cat>  (listPets 200)"],
  ),
  row("in an answer, something else altogether", got(text), got({ oneOf: [cat, dog] }), [
    "response-property-type-changed",
    "breaking    changed  Pet.name: was string, is now object with claws, kind or object with kind, tricks  (listPets 200)",
  ]),
  row(
    "in a request, one of two members required",
    taking(named(text)),
    taking(named(text, { anyOf: [{ required: ["id"] }, { required: ["name"] }] })),
    [
      "request-body-alternatives-set",
      'breaking    changed  Pet: now also one of: {"required":["id"]} or {"required":["name"]}  (addPet)',
    ],
  ),
  row(
    "in an answer",
    answering(told("kind", {}, "Cat", "Dog"), animals),
    answering(told("sort", {}, "Cat", "Dog"), animals),
    [
      "response-body-discriminator-property-name-changed",
      "breaking    changed  Pet: was discriminator kind, is now discriminator sort  (listPets 200)",
    ],
  ),
  row(
    "in an answer",
    answering(told("kind", {}, "Cat", "Dog"), animals),
    answering(refs("Cat", "Dog"), animals),
    [
      "response-body-discriminator-removed",
      "breaking    changed  Pet: no longer discriminator kind  (listPets 200)",
    ],
  ),
  row(
    "in a request",
    taking(refs("Cat", "Dog"), animals),
    taking(told("kind", {}, "Cat", "Dog"), animals),
    [
      "request-body-discriminator-added",
      "compatible  changed  Pet: now discriminator kind  (addPet)",
    ],
  ),
  row(
    "in an answer",
    answering(told("kind", mapped("cat"), "Cat", "Dog"), animals),
    answering(told("kind", mapped("cat", "kitten"), "Cat", "Dog"), animals),
    [
      "response-body-discriminator-mapping-added",
      'breaking    added    Pet<Cat>: discriminator value "kitten"  (listPets 200)',
    ],
  ),
  row(
    "in a request",
    taking(told("kind", mapped("cat", "kitten"), "Cat", "Dog"), animals),
    taking(told("kind", mapped("cat"), "Cat", "Dog"), animals),
    [
      "request-body-discriminator-mapping-deleted",
      'breaking    removed  Pet<Cat>: discriminator value "kitten"  (addPet)',
    ],
  ),
  row(
    "an alternative more, which has a key",
    answering(told("kind", {}, "Cat"), animals),
    answering(told("kind", {}, "Cat", "Dog"), animals),
    ["response-body-one-of-added", "breaking    added    Pet<Dog>  (listPets 200)"],
  ),
];
