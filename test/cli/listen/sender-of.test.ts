import { expect, it } from "vitest";
import { senderOf } from "../../../src/cli/listen/sender-of.js";
import { EVENT_NAMES } from "../../../src/index.js";
import { createEvent } from "../../../src/sandbox/index.js";

const SENDERS = {
  "message.sent": "+13125550142",
  "message.received": "+13125550187",
  "message.read": null,
  "call.completed": "+13125550187",
  "reaction.sent": "+13125550142",
  "reaction.received": "+13125550187",
  "typing_indicator.received": "+13125550187",
  "typing_indicator.removed": "+13125550187",
  "contact.created": "+13125550187",
  "contact.updated": "+13125550187",
  "contact.deleted": null,
  "participant.added": "+13125550165",
  "participant.removed": "+13125550165",
} as const satisfies Record<(typeof EVENT_NAMES)[number], string | null>;

it.each(EVENT_NAMES)("finds the sender of %s if its payload names one", (name) => {
  expect(senderOf(createEvent(name).data)).toBe(SENDERS[name]);
});

it.each([
  [{ from_phone: 7 }],
  [{ from_phone: "" }],
  [null],
  [undefined],
  [["x"]],
  [{ chat_handle: "x" }],
  [{ chat_handles: [null, 7, { is_me: true, identifier: "x" }] }],
  [{ chat_handles: {} }],
])("finds no sender in %j", (data) => {
  expect(senderOf(data)).toBeNull();
});
