import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { toBytes } from "../../src/receiver/to-bytes.js";
import { thrownBy } from "../support/rejection.js";
import { NOT_RAW } from "./not-raw.js";

/** What Express 4 and 5 leave as the body when no parser has read it. */
const UNREAD = ["an empty object, as body parsers leave it", "undefined"];

describe("toBytes", () => {
  test("returns the UTF-8 bytes of a string, including its byte order mark", () => {
    expect([...toBytes("\uFEFFé🏡")]).toEqual([
      ...[0xef, 0xbb, 0xbf],
      ...[0xc3, 0xa9],
      ...[0xf0, 0x9f, 0x8f, 0xa1],
    ]);
  });

  test("returns bytes as they are", () => {
    const bytes = Uint8Array.of(0xff, 0x00);
    expect(toBytes(bytes)).toBe(bytes);
    const buffer = Buffer.from("{}");
    expect(toBytes(buffer)).toBe(buffer);
  });

  test("returns the bytes of an ArrayBuffer, including one of another realm", () => {
    expect([...toBytes(Uint8Array.of(1, 2).buffer)]).toEqual([1, 2]);
    expect([...toBytes(runInNewContext("Uint8Array.of(1, 2).buffer"))]).toEqual([1, 2]);
  });

  test("accepts bytes of another realm", () => {
    expect([...toBytes(runInNewContext("Uint8Array.of(1, 2)"))]).toEqual([1, 2]);
  });

  test.each(NOT_RAW)("refuses %s with advice", (name, value) => {
    const error = thrownBy(() => toBytes(value));
    expect(error).toMatchObject({ code: "invalid_signature", reason: "body_not_raw", status: 401 });
    expect(String(error)).toMatch(
      UNREAD.includes(name)
        ? /no parser has read it: .* express\.raw\(\{ type: \(\) => true \}\)/
        : /body parser.*express\.json\(\).*raw body before the parser/,
    );
  });
});
