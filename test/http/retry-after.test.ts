import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRetryAfter, readRetryAfter } from "../../src/http/retry-after.js";

const NOW = Date.UTC(1994, 10, 6, 8, 49, 0);

it.each([
  ["nothing", null],
  ["an empty value", ""],
  ["white space", "  "],
  ["a negative number", "-1"],
  ["a word", "abc"],
  ["a capitalised word", "Later"],
  ["NaN", "NaN"],
  ["Infinity", "Infinity"],
  ["a number with a unit", "10s"],
  ["a number in hexadecimal digits", "0x10"],
  ["a number with an exponent", "1e3"],
  ["a fraction without its beginning", ".5"],
  ["two numbers", "1, 2"],
  ["a sentence that ends in a number", "Please wait 10"],
  ["a sentence with a year", "Come back in 2030"],
  ["a name of a day and a number", "Sunday 7"],
  ["an ISO date", "1994-11-06T08:49:37Z"],
  ["a date without a time", "Sun, 06 Nov 1994"],
  ["a date that does not exist", "Sun, 99 Nov 1994 08:49:37 GMT"],
  ["a time that does not exist", "Sun, 06 Nov 1994 99:49:37 GMT"],
  ["a date with an offset", "Sun, 06 Nov 1994 08:49:37 +0100"],
  ["a date in another time zone", "Sun, 06 Nov 1994 08:49:37 EST"],
])("finds no wait in %s", (_what, value) => {
  expect(parseRetryAfter(value, NOW)).toBeUndefined();
});

it.each([
  ["0", 0],
  ["1", 1_000],
  ["1.5", 1_500],
  ["0.0001", 1],
  [" 7 ", 7_000],
  ["010", 10_000],
  ["86400", 86_400_000],
  ["9".repeat(20), 1e23],
])("reads %s as %d ms", (value, expected) => {
  expect(parseRetryAfter(value, NOW)).toBe(expected);
});

it("reads more seconds than a number can hold as an infinite wait", () => {
  expect(parseRetryAfter("9".repeat(400), NOW)).toBe(Infinity);
});

describe.each(["UTC", "America/New_York", "Asia/Kolkata"])("in the time zone %s", (zone) => {
  it.each([
    ["of RFC 9110", "Sun, 06 Nov 1994 08:49:37 GMT"],
    ["of RFC 850", "Sunday, 06-Nov-94 08:49:37 GMT"],
    ["of asctime", "Sun Nov  6 08:49:37 1994"],
  ])("counts the ms to a UTC date in the form %s", (_form, value) => {
    inTimeZone(zone, () => {
      expect(parseRetryAfter(value, NOW)).toBe(37_000);
    });
  });

  it.each([
    ["of RFC 9110", "Sun, 06 Nov 1994 08:48:59 GMT"],
    ["of RFC 850", "Sunday, 06-Nov-94 08:48:59 GMT"],
    ["of asctime", "Sun Nov  6 08:48:59 1994"],
  ])("does not wait for a past date in the form %s", (_form, value) => {
    inTimeZone(zone, () => {
      expect(parseRetryAfter(value, NOW)).toBe(0);
    });
  });
});

it("never returns a wait that is negative or NaN", () => {
  const text = fc.oneof(
    fc.string(),
    fc.double().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  );
  fc.assert(
    fc.property(text, (value) => {
      const wait = parseRetryAfter(value, NOW);
      expect(wait === undefined || wait >= 0).toBe(true);
    }),
  );
});

it("reads any date of a server to the second", () => {
  const inSeconds = fc.integer({ min: 0, max: 10 ** 9 });
  fc.assert(
    fc.property(inSeconds, (seconds) => {
      const date = new Date(NOW + seconds * 1_000).toUTCString();
      expect(parseRetryAfter(date, NOW)).toBe(seconds * 1_000);
    }),
  );
});

function inTimeZone(zone: string, action: () => void): void {
  const before = process.env["TZ"];
  process.env["TZ"] = zone;
  try {
    action();
  } finally {
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
  }
}

describe("the headers of an answer", () => {
  const read = (headers: Record<string, string>, status = 429): number | undefined =>
    readRetryAfter({ status, headers: new Headers(headers) }, NOW);
  const AT = "Sun, 06 Nov 1994 09:00:10 GMT";

  it("count a date from the `Date` of the answer, whatever the local clock says", () => {
    expect(read({ "retry-after": AT, date: "Sun, 06 Nov 1994 09:00:00 GMT" })).toBe(10_000);
    expect(read({ "retry-after": AT })).toBe(670_000);
    expect(read({ "retry-after": AT, date: "yesterday" })).toBe(670_000);
    expect(read({ "retry-after": "7", date: AT })).toBe(7_000);
  });

  it("may name in `RateLimit-Reset` when a throttled client may retry", () => {
    expect(read({ "ratelimit-reset": "7" })).toBe(7_000);
    expect(read({ "ratelimit-reset": "7", "retry-after": "3" })).toBe(3_000);
    expect(read({ "ratelimit-reset": "7" }, 503)).toBeUndefined();
    expect(read({ "ratelimit-reset": AT })).toBeUndefined();
    expect(read({ "ratelimit-reset": "-1" })).toBeUndefined();
  });
});
