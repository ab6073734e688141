import { expect, it } from "vitest";
import { parseUrl } from "../../src/checks/parse-url.js";

it("gives the URL that a text is, or undefined", () => {
  expect(parseUrl("https://a.example/b")?.href).toBe("https://a.example/b");
  for (const text of ["", "a", "/a", "https://", "https://a b/"]) {
    expect(parseUrl(text)).toBeUndefined();
  }
});

it("gives the same however often it is asked", () => {
  const wrong = Array.from({ length: 50_000 }, () => parseUrl("https://müller.example/")?.host);
  expect(new Set(wrong)).toEqual(new Set(["xn--mller-kva.example"]));
});
