import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInputError } from "../../src/errors/index.js";
import { checkToken } from "../../src/checks/check-secret.js";
import { resolveToken } from "../../src/http/token.js";
import { rejectionOf, thrownBy } from "../support/rejection.js";

const UNUSABLE: [what: string, token: unknown][] = [
  ["nothing", undefined],
  ["null", null],
  ["an empty string", ""],
  ["a space", " "],
  ["white space before it", " sentinel-token"],
  ["white space after it", "sentinel-token "],
  ["white space within it", "sentinel token"],
  ["a line break after it", "sentinel-token\n"],
  ["a header smuggled in after it", "sentinel-token\r\nX-Admin: yes"],
  ["a tab", "sentinel\ttoken"],
  ["a control character", "sentinel\u0000token"],
  ["the delete character", "sentinel\u007ftoken"],
  ["a letter beyond ASCII", "sentinel-tokén"],
  ["a no-break space", "sentinel\u00a0token"],
  ["five characters", "abcde"],
  ["more characters than any token has", "sentinel".repeat(129)],
  ["a number", 42],
  ["a String object", new String("sentinel-token")],
  ["an array", ["sentinel-token"]],
  ["an object", { token: "sentinel-token" }],
];

describe.each(UNUSABLE)("%s as the token", (_what, token) => {
  it("is refused, and not repeated", () => {
    const error = thrownBy(() => checkToken(token));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field: "token" });
    expect(String(error)).not.toContain("sentinel");
  });

  it("is refused, and not repeated, when a function returns it", async () => {
    // A JavaScript caller's function may return anything.
    const error = await rejectionOf(resolveToken(() => token as string));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field: "token" });
    expect(String(error)).not.toContain("sentinel");
  });
});

it("accepts only tokens that a header carries unchanged", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), (token) => {
      let checked: string;
      try {
        checked = checkToken(token);
      } catch {
        return;
      }
      expect(checked).toBe(token);
      expect(new Headers({ token }).get("token")).toBe(token);
    }),
  );
});

it.each([
  ["a string", "abc-token"],
  ["a function", () => "abc-token"],
  ["an async function", () => Promise.resolve("abc-token")],
])("accepts %s", async (_what, token) => {
  expect(await resolveToken(token)).toBe("abc-token");
});

it("calls a function each time", async () => {
  let count = 0;
  const token = (): string => `token-${++count}`;
  expect([await resolveToken(token), await resolveToken(token)]).toEqual(["token-1", "token-2"]);
});

it("rejects with the error that a function throws", async () => {
  const problem = new Error("the vault is closed");
  expect(
    await rejectionOf(
      resolveToken(() => {
        throw problem;
      }),
    ),
  ).toBe(problem);
  expect(await rejectionOf(resolveToken(() => Promise.reject(problem)))).toBe(problem);
});
