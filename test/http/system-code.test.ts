import fc from "fast-check";
import { expect, it } from "vitest";
import { findSystemCode } from "../../src/http/system-code.js";

const withCode = (code: unknown, cause?: unknown): Error =>
  Object.assign(new Error("broken", { cause }), { code });

it("finds the code of the error itself", () => {
  expect(findSystemCode(withCode("ECONNREFUSED"))).toBe("ECONNREFUSED");
});

it("finds the deepest code of the causes", () => {
  const error = new TypeError("fetch failed", {
    cause: withCode("UND_ERR_SOCKET", withCode("ECONNRESET")),
  });
  expect(findSystemCode(error)).toBe("ECONNRESET");
});

it("passes over a cause without a code", () => {
  expect(findSystemCode(withCode("UND_ERR_SOCKET", new Error("no code")))).toBe("UND_ERR_SOCKET");
});

it("looks into the errors of all the addresses that were tried", () => {
  const all = new AggregateError([new Error("no code"), withCode("ENETUNREACH")]);
  expect(findSystemCode(new TypeError("fetch failed", { cause: all }))).toBe("ENETUNREACH");
});

it("does not take a number for a code", () => {
  expect(findSystemCode(new DOMException("aborted", "AbortError"))).toBeUndefined();
  expect(findSystemCode(withCode(20))).toBeUndefined();
});

it("comes to an end in a circle of causes", () => {
  const error = withCode("ECONNRESET");
  error.cause = error;
  expect(findSystemCode(error)).toBe("ECONNRESET");
});

it("never throws", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(["string", "undefined"]).toContain(typeof findSystemCode(value));
    }),
  );
});
