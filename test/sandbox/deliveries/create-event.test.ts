import { expect, expectTypeOf, test } from "vitest";
import { EVENT_NAMES } from "../../../src/index.js";
import { type EventOf, signBody, unwrapEvent } from "../../../src/receiver/index.js";
import { InvalidInputError } from "../../../src/errors/invalid-input-error.js";
import { createEvent } from "../../../src/sandbox/index.js";

const secret = "a secret of our own";

test.each(EVENT_NAMES)("the receiver accepts a created %s", async (name) => {
  const event = createEvent(name);
  const body = JSON.stringify(event);
  const headers = { "X-Webhook-Signature": await signBody(body, secret) };
  expect(await unwrapEvent({ body, headers, secret })).toEqual(event);
});

test("an event has its own fields in the order of the vendor's documentation", () => {
  const event = createEvent("message.read", {}, { now: () => Date.UTC(2025, 4, 21) });
  expect(Object.keys(event)).toEqual([
    "api_version",
    "created_at",
    "data",
    "event_id",
    "event_type",
  ]);
  expect(event).toMatchObject({ api_version: "v2", created_at: "2025-05-21T00:00:00.000Z" });
  expect(event.event_id).not.toBe(createEvent("message.read").event_id);
});

test("an event differs from the example only in the given fields, at any depth", () => {
  const example = createEvent("call.completed").data;
  const changes = { status: "missed", recording_data: { duration: 7 }, forwarded_from: null };
  const { data } = createEvent("call.completed", changes);
  expect(data).toEqual({
    ...example,
    ...changes,
    recording_data: { ...example.recording_data, duration: 7 },
  });
  expect(createEvent("call.completed").data).toEqual(example);
});

test("createEvent replaces whole lists, omits undefined fields, and keeps unknown ones", () => {
  const { data } = createEvent("message.received", {
    chat_handles: [],
    text: undefined,
    ...{ mood: "sunny" },
  });
  expect(data.chat_handles).toEqual([]);
  expect(JSON.parse(JSON.stringify(data))).not.toHaveProperty("text");
  expect(data).toHaveProperty("mood", "sunny");
});

test("createEvent treats __proto__ as an ordinary field", () => {
  const changes = JSON.parse('{"__proto__":{"text":"x"}}') as object;
  const { data } = createEvent("message.received", changes);
  expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  expect(Object.keys(data)).toContain("__proto__");
});

test("an event is typed by its name", () => {
  const { data, event_type } = createEvent("message.received", { text: "Hello!" });
  expectTypeOf(data).toEqualTypeOf<EventOf<"message.received">["data"]>();
  expectTypeOf(event_type).toEqualTypeOf<"message.received">();
  // @ts-expect-error -- a text is not a number
  createEvent("message.received", { text: 1 });
});

test("createEvent refuses an unknown name, unless `allowUnknownEvents` is set", () => {
  const create = createEvent as (name: unknown, data?: unknown) => unknown; // As without types.
  for (const name of ["message.recieved", "", undefined, "toString", 1]) {
    expect(() => create(name)).toThrow(InvalidInputError);
  }
  expect(() => create("message.recieved")).toThrow('did you mean "message.received"?');
  expect(createEvent("message.edited", { a: 1 }, { allowUnknownEvents: true }).data).toEqual({
    a: 1,
  });
});

test.each([null, [], "x", 1])("createEvent refuses %j as data", (data) => {
  const create = createEvent as (name: unknown, data?: unknown) => unknown; // As without types.
  expect(() => create("message.received", data)).toThrow("`data` must be an object");
});
