import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidEventError } from "../../src/errors/invalid-event-error.js";
import { parseEvent } from "../../src/receiver/parse-event.js";
import { thrownBy } from "../support/rejection.js";
import { writeEvent } from "./delivery.js";

/** An event whose objects or arrays are nested that many levels deep. */
function nest(levels: number, open: string, close: string, inmost = ""): string {
  const inner = open.repeat(levels - 2) + inmost + close.repeat(levels - 2);
  return `{"event_type":"message.read","data":{"a":${inner}}}`;
}

describe("parseEvent", () => {
  test("returns every field as received, known or not", () => {
    const fields = {
      event_id: 7,
      data: { id: 12, chat_id: "c1", more: [1, null, { a: "é🏡" }], constructor: 1, toString: "x" },
      extra: { "": true, length: 3 },
    };
    expect(parseEvent(writeEvent(fields))).toEqual(JSON.parse(writeEvent(fields)));
  });

  test("returns any JSON that the data contains", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 10 })), (data) => {
        const text = writeEvent({ data });
        fc.pre(!text.includes("__proto__"));
        expect(parseEvent(text)).toStrictEqual(JSON.parse(text));
      }),
    );
  });

  test.each(["message.received", "message.edited", "constructor", "__proto__", "toString", " "])(
    "accepts the type %j as it is",
    (event_type) => {
      expect(parseEvent(writeEvent({ event_type })).event_type).toBe(event_type);
    },
  );

  test.each([
    ["nothing", "", ""],
    ["no JSON", "{", ""],
    ["what follows an event", `${writeEvent()}x`, ""],
    ["a lone byte order mark", "\uFEFF", ""],
    ["null", "null", ""],
    ["a list", `[${writeEvent()}]`, ""],
    ["a text", '"event_type"', ""],
    ["a number", "1", ""],
    ["an object without a type", '{"data":{}}', "event_type"],
    ["a type that is empty", writeEvent({ event_type: "" }), "event_type"],
    ["a type that is not text", writeEvent({ event_type: ["message.read"] }), "event_type"],
    ["an event without data", '{"event_type":"message.read"}', "data"],
    ["data that are null", writeEvent({ data: null }), "data"],
    ["data that are a list", writeEvent({ data: [] }), "data"],
    ["data that are a text", writeEvent({ data: "x" }), "data"],
  ])("refuses %s", (_name, text, field) => {
    const error = thrownBy(() => parseEvent(text));
    expect(error).toBeInstanceOf(InvalidEventError);
    expect(error).toMatchObject({ code: "invalid_event", field, status: 400 });
    // The error of JSON.parse quotes the body.
    expect(error).not.toHaveProperty("cause");
  });
});

describe("a member called __proto__", () => {
  test.each([
    ["in the data", '{"__proto__":{"isAdmin":true},"id":"m1"}'],
    ["with an escaped underscore", String.raw`{"\u005f_proto__":{"isAdmin":true},"id":"m1"}`],
    [
      "with escapes in either case",
      String.raw`{"__\u0070rot\u006F_\u005F":{"isAdmin":true},"id":"m1"}`,
    ],
    [
      "that is escaped throughout",
      String.raw`{"\u005F\u005f\u0070\u0072\u006f\u0074\u006F\u005f\u005f":{"isAdmin":true},"id":"m1"}`,
    ],
    ["twice", '{"__proto__":null,"id":"m1","__proto__":{"isAdmin":true}}'],
    ["that is not an object", '{"__proto__":1,"id":"m1"}'],
  ])("is left out %s", (_name, data) => {
    const event = parseEvent(`{"event_type":"message.read","data":${data}}`);
    expect(Object.getOwnPropertyNames(event.data)).toEqual(["id"]);
    const copies: object[] = [
      event.data,
      { ...event.data },
      Object.assign({}, event.data),
      structuredClone(event.data),
    ];
    for (const copy of copies) {
      expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
      expect(copy).not.toHaveProperty("isAdmin");
    }
  });

  test("is left out at every depth, and at the top", () => {
    const event = parseEvent(
      '{"__proto__":{"x":1},"event_type":"a","data":{"list":[{"__proto__":{"x":1},"y":{"__proto__":{}}}]}}',
    );
    expect(Object.keys(event)).toEqual(["event_type", "data"]);
    expect(event.data).toStrictEqual({ list: [{ y: {} }] });
    expect({}).not.toHaveProperty("x");
  });

  test("is the only member left out", () => {
    const data = {
      text: "__proto__",
      proto: 1,
      __proto: 2,
      escaped: "\u0000\u005f",
      list: ["__proto__"],
    };
    expect(parseEvent(writeEvent({ data })).data).toStrictEqual(data);
  });

  test("provides neither the type nor the data", () => {
    const text = '{"__proto__":{"event_type":"message.read","data":{}}}';
    expect(thrownBy(() => parseEvent(text))).toMatchObject({ field: "event_type" });
  });
});

describe("depth", () => {
  test.each([
    ["lists", "[", "]", ""],
    ["lists around a number", "[", "]", "1"],
    ["objects", '{"a":', "}", "1"],
  ])("may be 64 levels of %s, and not 65", (_name, open, close, inmost) => {
    expect(parseEvent(nest(64, open, close, inmost)).data).toHaveProperty("a");
    const error = thrownBy(() => parseEvent(nest(65, open, close, inmost)));
    expect(error).toMatchObject({ field: "", expected: "at most 64 levels deep", status: 400 });
  });

  test.each([
    ["lists", "[", "]", ""],
    ["objects", '{"a":', "}", "1"],
    ["members called __proto__", '{"__proto__":', "}", "1"],
    ["lists that never close", "[", "", ""],
  ])("of 500,000 %s is refused", (_name, open, close, inmost) => {
    const error = thrownBy(() => parseEvent(nest(500_000, open, close, inmost)));
    expect(error).toBeInstanceOf(InvalidEventError);
  });

  test("does not count brackets in text or values side by side", () => {
    const data = {
      text: "[".repeat(1_000) + "{".repeat(1_000),
      list: Array.from({ length: 1_000 }, () => ({ a: [{}] })),
    };
    expect(parseEvent(writeEvent({ data })).data).toEqual(data);
  });
});
