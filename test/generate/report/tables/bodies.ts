import { body, operation, petDocument } from "../../pages.js";
import { listing, replying, row } from "../row.js";

const text = { type: "string" };
const pet = { type: "object", properties: { name: text } };
const json = (schema = {}) => ({ content: { "application/json": { schema } } });
const sending = (requestBody?: object) =>
  petDocument({
    paths: {
      "/pets": {
        post: operation("addPet", requestBody ? { requestBody: { ...requestBody } } : {}),
      },
    },
  });
const limited = (header?: object, name = "X-Left") =>
  replying({ 200: { ...json(pet), headers: header ? { [name]: { ...header } } : {} } });

export const bodies = [
  row("in a request", sending(), sending(body(pet)), [
    "request-body-added-required",
    "breaking    added    body: required  (addPet)",
  ]),
  row("in a request", sending(), sending(json(pet)), [
    "request-body-added-optional",
    "compatible  added    body: optional  (addPet)",
  ]),
  row("in a request", sending(body(pet)), sending(), [
    "request-body-removed",
    "breaking    removed  body  (addPet)",
  ]),
  row("in a request", sending(json(pet)), sending(body(pet)), [
    "request-body-became-required",
    "breaking    changed  body: now required  (addPet)",
  ]),
  row("in a request", sending(body(pet)), sending(json(pet)), [
    "request-body-became-optional",
    "compatible  changed  body: now optional  (addPet)",
  ]),
  row(
    "in a request",
    sending(json(pet)),
    sending({ content: { ...json(pet).content, "multipart/form-data": { schema: pet } } }),
    ["request-body-media-type-added", "compatible  added    body as multipart/form-data  (addPet)"],
  ),
  row(
    "in a request",
    sending({ content: { ...json(pet).content, "multipart/form-data": { schema: pet } } }),
    sending(json(pet)),
    [
      "request-body-media-type-removed",
      "breaking    removed  body as multipart/form-data  (addPet)",
    ],
  ),
  row(
    "in a request",
    sending(json(pet)),
    sending({ content: { "application/xml": { schema: pet } } }),
    [
      "request-body-media-type-changed",
      "breaking    changed  body: was application/json, is now application/xml  (addPet)",
    ],
  ),
  row(
    "in a request, as a form whose fields have another encoding",
    sending({ content: { "multipart/form-data": { schema: pet } } }),
    sending({
      content: {
        "multipart/form-data": { schema: pet, encoding: { name: { contentType: "image/png" } } },
      },
    }),
    [
      "request-body-encoding-changed",
      "breaking    changed  body as multipart/form-data: the encoding of its fields changed  (addPet)",
    ],
  ),
  row(
    "changed in a type other than JSON",
    sending({ content: { "text/csv": { schema: text } } }),
    sending({ content: { "text/csv": { schema: { type: "string", maxLength: 9 } } } }),
    [
      "request-body-max-length-set",
      "breaking    changed  body as text/csv: now maxLength 9  (addPet)",
    ],
  ),
  row(
    "in a request, a range of types",
    sending({ content: { "image/png": {} } }),
    sending({ content: { "image/*": {} } }),
    [
      "request-body-media-type-changed",
      "compatible  changed  body: was image/png, is now image/*  (addPet)",
    ],
  ),
  row(
    "in an answer",
    replying({ 200: json(pet) }),
    replying({ 200: { content: { ...json(pet).content, "text/csv": { schema: text } } } }),
    ["response-media-type-added", "breaking    added    body as text/csv  (listPets 200)"],
  ),
  row(
    "in an answer",
    replying({ 200: { content: { ...json(pet).content, "text/csv": { schema: text } } } }),
    replying({ 200: json(pet) }),
    ["response-media-type-removed", "breaking    removed  body as text/csv  (listPets 200)"],
  ),
  row(
    "in an answer",
    replying({ 200: json(pet) }),
    replying({ 200: { content: { "text/html": { schema: pet } } } }),
    [
      "response-media-type-changed",
      "breaking    changed  body: was application/json, is now text/html  (listPets 200)",
    ],
  ),
  row("in an answer", replying({ 200: json(pet) }), replying({ 200: {} }), [
    "response-body-removed",
    "breaking    removed  body  (listPets 200)",
  ]),
  row("in an answer", replying({ 200: {} }), replying({ 200: json(pet) }), [
    "response-body-added",
    "compatible  added    body  (listPets 200)",
  ]),
  row("gone", replying({ 200: json(pet), 202: json(text) }), replying({ 200: json(pet) }), [
    "response-success-status-removed",
    "breaking    removed  status 202  (listPets)",
  ]),
  row(
    "with a body of its own",
    replying({ 200: json(pet) }),
    replying({ 200: json(pet), 202: json(text) }),
    ["response-success-status-added", "breaking    added    status 202  (listPets)"],
  ),
  row(
    "with the same body",
    replying({ 201: json(pet) }),
    replying({ 200: json(pet), 201: json(pet) }),
    ["response-success-status-added", "compatible  added    status 200  (listPets)"],
  ),
  row("one in place of another", replying({ 200: json(pet) }), replying({ 201: json(pet) }), [
    "response-success-status-changed",
    "breaking    changed  status: was 200, is now 201  (listPets)",
  ]),
  row("one in place of a range", replying({ "2XX": json(pet) }), replying({ 200: json(pet) }), [
    "response-success-status-changed",
    "compatible  changed  status: was 2XX, is now 200  (listPets)",
  ]),
  row("a range in place of one", replying({ 200: json(pet) }), replying({ "2xx": json(pet) }), [
    "response-success-status-changed",
    "breaking    changed  status: was 200, is now 2XX  (listPets)",
  ]),
  row("an error", replying({ 200: {} }), replying({ 200: {}, 404: json(text) }), [
    "response-non-success-status-added",
    "compatible  added    status 404  (listPets)",
  ]),
  row("the only error with a body", replying({ 200: {}, 404: json(text) }), replying({ 200: {} }), [
    "response-non-success-status-removed",
    "breaking    removed  status 404  (listPets)",
  ]),
  row(
    "an error that another stands for",
    replying({ 200: {}, 404: json(text), default: json(text) }),
    replying({ 200: {}, default: json(text) }),
    ["response-non-success-status-removed", "compatible  removed  status 404  (listPets)"],
  ),
  row("got with every answer", limited(), limited({ schema: text, required: true }), [
    "response-header-added",
    "compatible  added    header X-Left  (listPets 200)",
  ]),
  row("in an answer", limited({ schema: text, required: true }), limited(), [
    "required-response-header-removed",
    "breaking    removed  header X-Left  (listPets 200)",
  ]),
  row("in an answer", limited({ schema: text }), limited(), [
    "optional-response-header-removed",
    "breaking    removed  header X-Left  (listPets 200)",
  ]),
  row("in an answer", limited({ schema: text, required: true }), limited({ schema: text }), [
    "response-header-became-optional",
    "breaking    changed  header X-Left: now optional  (listPets 200)",
  ]),
  row("in an answer", limited({ schema: text }), limited({ schema: text, required: true }), [
    "response-header-became-required",
    "compatible  changed  header X-Left: now required  (listPets 200)",
  ]),
  row("in an answer", limited({ schema: { type: "integer" } }), limited({ schema: text }), [
    "response-header-type-changed",
    "breaking    changed  header X-Left: was integer, is now string  (listPets 200)",
  ]),
  row("in an answer", limited({ schema: text }), limited({ schema: text, deprecated: true }), [
    "response-header-deprecated",
    "note        changed  header X-Left: now deprecated  (listPets 200)",
  ]),
  row(
    "got in a list",
    listing({ schema: { type: "array", items: pet } }),
    listing({ schema: { type: "array", items: { type: "object" } } }),
    ["response-optional-property-removed", "breaking    removed  body[].name  (listPets 200)"],
  ),
];
