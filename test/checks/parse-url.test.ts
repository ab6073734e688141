import { expect, it } from "vitest";
import { parseUrl } from "../../src/checks/parse-url.js";

it("returns the URL of a valid text, and undefined for any other", () => {
  expect(parseUrl("https://a.example/b")?.href).toBe("https://a.example/b");
  for (const text of ["", "a", "/a", "https://", "https://a b/"]) {
    expect(parseUrl(text)).toBeUndefined();
  }
});

it("returns the same result on every call", () => {
  const wrong = Array.from({ length: 50_000 }, () => parseUrl("https://müller.example/")?.host);
  expect(new Set(wrong)).toEqual(new Set(["xn--mller-kva.example"]));
});
