import { operation, petDocument } from "../../pages.js";
import { eventsRow, row } from "../row.js";

const calling = (schema: object) =>
  petDocument({
    paths: {
      "/pets": {
        post: operation("addPet", {
          callbacks: {
            added: {
              "{$request.query.url}": {
                post: {
                  requestBody: { content: { "application/json": { schema: { ...schema } } } },
                  responses: { 200: {} },
                },
              },
            },
          },
        }),
      },
    },
  });

const MESSAGES = "  (message.received, message.sent)";
const ALL = "  (call.completed, contact.created, contact.deleted and 10 more)";

export const deliveries = [
  eventsRow(
    "an event more",
    (text) =>
      text.replace(
        '"webhooks":{',
        '"webhooks":{"location.shared":{"post":{"responses":{"200":{}}}},',
      ),
    ["webhook-added", "compatible  added    delivery location.shared"],
  ),
  eventsRow(
    "an event less",
    (text) => text.replace(/"message\.sent":\{"post".*?Accepted"\}\}\}\},/, ""),
    ["webhook-removed", "breaking    removed  delivery message.sent"],
  ),
  eventsRow(
    "a field less",
    (text) =>
      text
        .replace(
          '"read_at":{"type":"string","description":"When it was read, ISO 8601."}',
          '"x":{"type":"string"}',
        )
        .replace('"chat_id","read_at"]', '"chat_id","x"]'),
    [
      "response-required-property-removed",
      "breaking    removed  MessageRead.read_at  (message.read)",
    ],
    ["response-required-property-added", "compatible  added    MessageRead.x  (message.read)"],
  ),
  eventsRow(
    "a field more",
    (text) => text.replace('"is_read":', '"is_urgent":{"type":"boolean"},"is_read":'),
    ["response-optional-property-added", `compatible  added    Message.is_urgent${MESSAGES}`],
  ),
  eventsRow(
    "a field that may be missing",
    (text) => text.replace('["id","chat_id","text",', '["id","chat_id",'),
    [
      "response-property-became-optional",
      `breaking    changed  Message.text: now optional${MESSAGES}`,
    ],
  ),
  eventsRow(
    "a field that is always there",
    (text) => text.replace('["id","chat_id","text",', '["id","chat_id","text","is_read",'),
    [
      "response-property-became-required",
      `compatible  changed  Message.is_read: now required${MESSAGES}`,
    ],
  ),
  eventsRow(
    "a field of another type",
    (text) => text.replaceAll('"duration":{"type":"number"', '"duration":{"type":"string"'),
    [
      "response-property-type-changed",
      "breaking    changed  Call.duration: was number, is now string  (call.completed)",
    ],
    [
      "response-property-type-changed",
      "breaking    changed  Recording.duration: was number, is now string  (call.completed)",
    ],
  ),
  eventsRow(
    "a field that may be null",
    (text) =>
      text.replaceAll(
        '"text":{"type":"string","description":"What was written."}',
        '"text":{"type":["string","null"]}',
      ),
    [
      "response-property-became-nullable",
      "breaking    changed  AssociatedMessage.text: may now be null  (reaction.received, reaction.sent)",
    ],
    [
      "response-property-became-nullable",
      `breaking    changed  Message.text: may now be null${MESSAGES}`,
    ],
  ),
  eventsRow(
    "a field that is never null",
    (text) =>
      text.replace('"reaction_id":{"type":["string","null"]', '"reaction_id":{"type":"string"'),
    [
      "response-property-became-not-nullable",
      `compatible  changed  Message.reaction_id: may no longer be null${MESSAGES}`,
    ],
  ),
  eventsRow("another version", (text) => text.replace('"const":"v2"', '"const":"v3"'), [
    "response-property-const-changed",
    `breaking    changed  ApiVersion: was "v2", is now "v3"${ALL}`,
  ]),
  eventsRow(
    "listed values",
    (text) =>
      text.replace(
        '"service":{"type":"string"',
        '"service":{"type":"string","enum":["iMessage","SMS"]',
      ),
    [
      "response-property-became-enum",
      `compatible  changed  Message.service: now only "iMessage", "SMS"${MESSAGES}`,
    ],
  ),
  eventsRow(
    "another name of an event",
    (text) => text.replace('"const":"contact.updated"', '"const":"contact.changed"'),
    [
      "response-property-const-changed",
      'breaking    changed  ContactUpdatedEvent.event_type: was "contact.updated", is now "contact.changed"  (contact.updated)',
    ],
  ),
  eventsRow(
    "data of another schema",
    (text) =>
      text.replace(
        '"const":"contact.updated"},"data":{"$ref":"#/components/schemas/Contact"}',
        '"const":"contact.updated"},"data":{"$ref":"#/components/schemas/DeletedContact"}',
      ),
    [
      "response-optional-property-removed",
      "breaking    removed  ContactUpdatedEvent.data.company  (contact.updated)",
    ],
    [
      "response-optional-property-removed",
      "breaking    removed  ContactUpdatedEvent.data.contact_owner  (contact.updated)",
    ],
    [
      "response-optional-property-removed",
      "breaking    removed  ContactUpdatedEvent.data.created_at  (contact.updated)",
    ],
    [
      "response-optional-property-removed",
      "breaking    removed  ContactUpdatedEvent.data.email  (contact.updated)",
    ],
    [
      "response-optional-property-removed",
      "breaking    removed  ContactUpdatedEvent.data.first_name  (contact.updated)",
    ],
    [
      "response-optional-property-removed",
      "breaking    removed  ContactUpdatedEvent.data.full_name  (contact.updated)",
    ],
    [
      "response-optional-property-removed",
      "breaking    removed  ContactUpdatedEvent.data.image_url  (contact.updated)",
    ],
    [
      "response-optional-property-removed",
      "breaking    removed  ContactUpdatedEvent.data.last_name  (contact.updated)",
    ],
    [
      "response-optional-property-removed",
      "breaking    removed  ContactUpdatedEvent.data.location  (contact.updated)",
    ],
    [
      "response-optional-property-removed",
      "breaking    removed  ContactUpdatedEvent.data.phone_number  (contact.updated)",
    ],
    [
      "response-optional-property-removed",
      "breaking    removed  ContactUpdatedEvent.data.title  (contact.updated)",
    ],
    [
      "response-optional-property-removed",
      "breaking    removed  ContactUpdatedEvent.data.updated_at  (contact.updated)",
    ],
  ),
  eventsRow(
    "the header of the signature",
    (text) => text.replaceAll(/"name":"X-[A-Za-z-]*Signature"/g, '"name":"X-Linq-Signature-V2"'),
    ["optional-response-header-removed", `breaking    removed  header X-Webhook-Signature${ALL}`],
    ["response-header-added", `compatible  added    header X-Linq-Signature-V2${ALL}`],
  ),
  eventsRow(
    "an answer",
    (text) => text.replaceAll('"responses":{"200":', '"responses":{"202":'),
    ["webhook-answer-removed", `breaking    removed  answer 200${ALL}`],
    ["webhook-answer-added", `compatible  added    answer 202${ALL}`],
  ),
  eventsRow(
    "a deprecated event",
    (text) =>
      text.replace(
        '"operationId":"receiveMessageRead"',
        '"operationId":"receiveMessageRead","deprecated":true',
      ),
    ["webhook-deprecated", "note        changed  delivery message.read: now deprecated"],
  ),
  eventsRow("other texts", (text) => text.replaceAll("What was written.", "The text."), [
    "texts-changed",
    "note        changed  document: only texts differ",
  ]),
  eventsRow(
    "a participant of listed members alone",
    (text) => text.replace('"additionalProperties":true', '"additionalProperties":false'),
    [
      "response-property-additional-properties-closed",
      "compatible  changed  Participant: no longer allows other members  (participant.added, participant.removed)",
    ],
  ),
  row("a callback", calling({ type: "object" }), calling({ type: "string" }), [
    "response-body-type-changed",
    "breaking    changed  body: was object, is now string  (addPet added {$request.query.url})",
  ]),
];
