import { expect, test } from "vitest";
import { checkPositive } from "../../src/checks/check-positive.js";
import { thrownBy } from "../support/rejection.js";

test.each([1, 0.5, Number.MAX_VALUE, Infinity])("%d is positive", (value) => {
  expect(() => {
    checkPositive({ value });
  }).not.toThrow();
});

test.each([0, -0, -1, NaN, -Infinity, "1", null, undefined, 1n, [1], {}])(
  "%o is not positive, and the error names its field",
  (value) => {
    const error = thrownBy(() => {
      checkPositive({ other: 1, value });
    });
    expect(error).toMatchObject({ code: "invalid_input", field: "value" });
  },
);
