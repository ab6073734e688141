import { expect, it } from "vitest";
import { InvalidInputError } from "../../src/errors/index.js";
import { checkTimeout, startCall } from "../../src/http/call.js";
import { thrownBy } from "../support/rejection.js";

const LONGEST = 2_147_483_647;

it.each([
  0,
  -1,
  NaN,
  Infinity,
  -Infinity,
  LONGEST + 1,
  "1000",
  null,
  undefined,
  1_000n,
  new Date(),
  [1_000],
])("refuses %o as a time-out", (value) => {
  const error = thrownBy(() => checkTimeout("timeout", value));
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(error).toMatchObject({
    field: "timeout",
    expected: `a number of ms above 0 and up to ${LONGEST}`,
  });
});

it.each([0.5, 1, 30_000, LONGEST])("takes %d ms as a time-out", (value) => {
  expect(checkTimeout("timeout", value)).toBe(value);
});

it.each([null, "signal", 1, {}, new EventTarget(), new AbortController()])(
  "refuses %o as a signal",
  (signal) => {
    // What a JavaScript caller may hand in.
    const options = { signal: signal as AbortSignal };
    const error = thrownBy(() => startCall(options, { timeout: 1 }));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field: "signal", expected: "an AbortSignal" });
  },
);

it("takes the caller's limits over the client's", () => {
  const { signal } = new AbortController();
  expect(startCall({ timeout: 5, signal }, { timeout: 10 })).toMatchObject({ timeout: 5, signal });
});

it("takes the client's limits where the caller gives none", () => {
  const call = startCall({ timeout: undefined, signal: undefined }, { timeout: 10 });
  expect(call).toMatchObject({ timeout: 10, signal: undefined });
});

it("hides what it is told to hide, from then on", () => {
  const call = startCall({}, { timeout: 1 });
  expect(call.redact("abc")).toBe("abc");
  call.hide("abc");
  expect(call.redact("abc")).toBe("[REDACTED]");
});

it("hides nothing of another call", () => {
  startCall({}, { timeout: 1 }).hide("abc");
  expect(startCall({}, { timeout: 1 }).redact("abc")).toBe("abc");
});
