import fc from "fast-check";
import { expect, it } from "vitest";
import { EVENT_NAMES } from "../../generated/constants.js";
import { nearest } from "../../src/checks/nearest.js";

it.each([
  ["message.recieved", "message.received"],
  ["message_received", "message.received"],
  ["received", "message.received"],
  ["removed", "typing_indicator.removed"],
  ["MESSAGE.RECEIVED", "message.received"],
  ["messages.sent", "message.sent"],
  ["typing.indicator.removed", "typing_indicator.removed"],
  ["participant.add", "participant.added"],
  ["contact.create", "contact.created"],
])("finds for %s the event %s", (given, expected) => {
  expect(nearest(given, EVENT_NAMES)).toBe(expected);
});

it("returns a known name unchanged", () => {
  for (const name of EVENT_NAMES) expect(nearest(name, EVENT_NAMES)).toBe(name);
});

it("finds nothing in an empty list", () => {
  expect(nearest("message.sent", [])).toBeUndefined();
});

it("finds one of the names for any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      expect(EVENT_NAMES).toContain(nearest(text, EVENT_NAMES));
    }),
  );
});

it("finds a name after one letter was lost or replaced by one or two others", () => {
  const names = ["webhook_url", "events", "secret", "active", "version"];
  const spoiled = fc.constantFrom(...names).chain((name) =>
    fc.record({
      name: fc.constant(name),
      at: fc.nat(name.length - 1),
      put: fc.constantFrom("", "qq", "q"),
    }),
  );
  fc.assert(
    fc.property(spoiled, ({ name, at, put }) => {
      expect(nearest(name.slice(0, at) + put + name.slice(at + 1), names)).toBe(name);
    }),
  );
});

it("finds nothing that takes more edits than allowed", () => {
  expect(nearest("evnet", ["event", "url"], 2)).toBe("event");
  expect(nearest("colour", ["event", "url"], 2)).toBeUndefined();
});
