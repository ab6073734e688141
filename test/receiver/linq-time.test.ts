import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseLinqTime } from "../../src/receiver/linq-time.js";

describe("parseLinqTime", () => {
  test.each([
    ["2025-05-21 15:30:00 -0600", "2025-05-21T21:30:00.000Z"],
    ["2025-05-21 15:30:00 +0530", "2025-05-21T10:00:00.000Z"],
    ["2025-05-21 15:30:00 UTC", "2025-05-21T15:30:00.000Z"],
    ["2025-05-21 15:30:00Z", "2025-05-21T15:30:00.000Z"],
    ["2025-05-21T15:30:00-06:00", "2025-05-21T21:30:00.000Z"],
    ["2025-05-21T15:30:00Z", "2025-05-21T15:30:00.000Z"],
    ["2025-05-21t15:30:00z", "2025-05-21T15:30:00.000Z"],
    ["2025-05-21T15:30:00.5Z", "2025-05-21T15:30:00.500Z"],
    ["2025-05-21T15:30:00.123456789-06:00", "2025-05-21T21:30:00.123Z"],
    ["2025-05-21 15:30:00.9999 -0600", "2025-05-21T21:30:00.999Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
    ["2024-12-31 23:59:59 -0100", "2025-01-01T00:59:59.000Z"],
    ["2025-01-01 00:00:00 +2359", "2024-12-31T00:01:00.000Z"],
    ["1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
  ])("reads %s", (text, instant) => {
    expect(parseLinqTime(text)?.toISOString()).toBe(instant);
  });

  test.each([
    "",
    "now",
    "2025-05-21",
    "2025-05-21T15:30:00",
    "2025-05-21 15:30:00",
    "2025-05-21T15:30Z",
    "2025-05-21T15:30:00-6:00",
    "2025-05-21T15:30:00-06",
    "2025-05-21T15:30:00 CST",
    "2025-05-21T15:30:00.Z",
    "2025-05-21T15:30:00,5Z",
    "2025-05-21  15:30:00 -0600",
    "2025-05-21 15:30:00  -0600",
    " 2025-05-21T15:30:00Z",
    "2025-05-21T15:30:00Z\n",
    "2025-02-29T00:00:00Z",
    "2025-02-30T00:00:00Z",
    "2025-04-31T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2025-13-01T00:00:00Z",
    "2025-00-01T00:00:00Z",
    "2025-01-00T00:00:00Z",
    "2025-01-32T00:00:00Z",
    "2025-01-01T24:00:00Z",
    "2025-01-01T25:00:00Z",
    "2025-01-01T00:60:00Z",
    "2025-01-01T00:00:60Z",
    "2025-01-01T00:00:00+24:00",
    "2025-01-01T00:00:00+00:60",
    "+002025-01-01T00:00:00Z",
    "25-01-01T00:00:00Z",
    "1747863000",
    "Wed, 21 May 2025 15:30:00 GMT",
    "٢٠٢٥-٠٥-٢١T15:30:00Z",
  ])("does not read %j", (text) => {
    expect(parseLinqTime(text)).toBeUndefined();
  });

  test.each([undefined, null, 1747863000, {}, []])("does not read %j", (value) => {
    // What a caller without types may pass.
    expect(parseLinqTime(value as string)).toBeUndefined();
  });

  test("reads any instant in any zone and either spelling as Date does", () => {
    const instants = fc.date({
      min: new Date("0002-01-01T00:00:00Z"),
      max: new Date("9998-12-31T00:00:00Z"),
      noInvalidDate: true,
    });
    const offsets = fc.integer({ min: -1439, max: 1439 });
    fc.assert(
      fc.property(instants, offsets, fc.boolean(), (instant, offset, hasFraction) => {
        const shifted = new Date(instant.getTime() + offset * 60_000).toISOString();
        const local = shifted.slice(0, hasFraction ? 23 : 19);
        const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, "0");
        const minutes = String(Math.abs(offset) % 60).padStart(2, "0");
        const sign = offset < 0 ? "-" : "+";
        const iso = `${local}${sign}${hours}:${minutes}`;
        const other = `${local.replace("T", " ")} ${sign}${hours}${minutes}`;
        const expected = Date.parse(iso);
        expect(parseLinqTime(iso)?.getTime()).toBe(expected);
        expect(parseLinqTime(other)?.getTime()).toBe(expected);
      }),
      { numRuns: 3_000 },
    );
  });

  test("reads every fraction of three digits", () => {
    for (let ms = 0; ms < 1_000; ms++) {
      const text = `2025-05-21T15:30:00.${String(ms).padStart(3, "0")}Z`;
      expect(parseLinqTime(text)?.getTime()).toBe(Date.parse(text));
    }
  });

  test("reads no other text that Date does not read", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), damaged()), (text) => {
        const time = parseLinqTime(text);
        if (time) expect(Number.isFinite(time.getTime())).toBe(true);
        if (time && text.includes("T")) expect(time.getTime()).toBe(Date.parse(toStandard(text)));
      }),
      { numRuns: 500 },
    );
  });
});

/** A time with one digit changed. */
function damaged(): fc.Arbitrary<string> {
  const time = "2025-02-28T23:59:59.999+00:00";
  return fc
    .tuple(fc.nat(time.length - 1), fc.nat(9))
    .map(([at, digit]) => time.slice(0, at) + String(digit) + time.slice(at + 1));
}

function toStandard(text: string): string {
  return text.toUpperCase().replace(" ", "").replace("UTC", "Z");
}
