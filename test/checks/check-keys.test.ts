import { expect, it } from "vitest";
import { InvalidInputError } from "../../src/errors/index.js";
import { checkFlag, checkKeys } from "../../src/checks/check-keys.js";
import { thrownBy } from "../support/rejection.js";

const KNOWN = ["signal", "timeout"];

it.each([null, undefined, 1, "timeout", true, [], () => undefined])(
  "refuses %o as an object",
  (value) => {
    const error = thrownBy(() => checkKeys("options", value, KNOWN));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({
      field: "options",
      message: "`options` must be an object with signal, timeout",
    });
  },
);

it("refuses an unknown member and names the nearest known one", () => {
  const error = thrownBy(() => checkKeys("options", { timeout: 1, singal: 2 }, KNOWN));
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(error).toMatchObject({
    field: "options.singal",
    message: "`options.singal` must be left out; did you mean `signal`?",
  });
});

it("refuses an unknown member even where it is undefined", () => {
  expect(thrownBy(() => checkKeys("options", { timeOut: undefined }, KNOWN))).toMatchObject({
    field: "options.timeOut",
  });
});

it("returns a copy without inherited members", () => {
  const inherited = { signal: 1 };
  const options: unknown = Object.freeze(Object.assign(Object.create(inherited), { timeout: 1 }));
  const copy = checkKeys("options", options, KNOWN);
  expect(copy).not.toBe(options);
  expect([copy["timeout"], copy["signal"]]).toEqual([1, undefined]);
});

it("accepts an object without a prototype", () => {
  const options: unknown = Object.assign(Object.create(null), { timeout: 1 });
  expect(checkKeys("options", options, KNOWN)).toEqual({ timeout: 1 });
});

it.each([0, 1, "true", null, {}])("refuses %o as a flag", (value) => {
  const error = thrownBy(() => checkFlag("dryRun", value));
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(error).toMatchObject({ field: "dryRun", expected: "true or false" });
});

it.each([
  [undefined, false],
  [false, false],
  [true, true],
])("reads the flag %o as %o", (given, expected) => {
  expect(checkFlag("dryRun", given)).toBe(expected);
});
