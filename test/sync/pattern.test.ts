import { expect, it } from "vitest";
import { InvalidInputError } from "../../src/index.js";
import { createMatcher, parsePattern } from "../../src/sync/pattern.js";
import { thrownBy } from "../support/rejection.js";

const match = (pattern: string, address: string): boolean =>
  createMatcher([[parsePattern("replaces[0]", pattern)]])(address) === 0;

it.each([
  ["https://*.tunnel.example/hook", "https://abc.tunnel.example/hook"],
  ["https://*.tunnel.example/hook", "https://a.b.tunnel.example/hook"],
  ["https://*.TUNNEL.example:443/hook#here", "https://abc.tunnel.example/hook"],
  ["https://a.example/*/hook", "https://a.example/x/hook"],
  ["https://a.example/hook*", "https://a.example/hook?x=1"],
  ["https://a.example/*-*/hook", "https://a.example/x-y/hook"],
  ["https://a.example/**", "https://a.example/x"],
  ["https://a.example/", "https://a.example/"],
  ["https://*/hook", "https://a.example/hook"],
  ["http://localhost:*/hook", "http://localhost:3000/hook"],
  ["http://*.localhost:*/hook", "http://a.localhost:3000/hook"],
  ["https://a.example/*ab*ab", "https://a.example/abab"],
])("%s matches %s", (pattern, address) => {
  expect(match(pattern, address)).toBe(true);
});

it.each([
  ["https://*.tunnel.example/hook", "https://tunnel.example/hook"],
  ["https://*.tunnel.example/hook", "https://abc.tunnel.example/hook/x"],
  ["https://*.tunnel.example/hook", "https://abc.tunnel.example/hook?x"],
  ["https://*.tunnel.example/hook", "http://abc.tunnel.example/hook"],
  ["https://*.tunnel.example/hook", "https://evil.example/.tunnel.example/hook"],
  ["https://*.tunnel.example/hook", "https://abcxtunnel.example/hook"],
  ["https://*.tunnel.example/hook", "https://abc.tunnel.example.evil.com/hook"],
  ["https://a.example/*/hook", "https://a.example/x/y/hook"],
  ["https://a.example/h.ok", "https://a.example/hook"],
  ["https://a.example/hook", "https://a.example/hook2"],
  ["https://a.example/(x|y)+$", "https://a.example/x"],
  ["http://localhost:*/hook", "http://localhost/hook"],
  ["http://localhost:*/hook", "http://localhost.evil.example:3000/hook"],
  ["https://a.example/*ab*ab", "https://a.example/xab"],
  ["https://a.example/ab*ba", "https://a.example/aba"],
])("%s does not match %s", (pattern, address) => {
  expect(match(pattern, address)).toBe(false);
});

it.each([["*"], ["*://a.example/"], ["/hook"], ["https://a.example:*x/"], [""], [1], [undefined]])(
  "refuses %s, which is not an absolute URL",
  (pattern) => {
    const error = thrownBy(() => parsePattern("desired[1].replaces[0]", pattern));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field: "desired[1].replaces[0]" });
  },
);

it("takes linear time, wherever the stars are", () => {
  const address = `https://a.example/${"a".repeat(100_000)}`;
  expect(match(`https://a.example/${"a*".repeat(200)}b`, address)).toBe(false);
  expect(match(`https://a.example/${"*".repeat(200)}`, address)).toBe(true);
});

it("returns the first list with a matching pattern, with or without a star", () => {
  const find = createMatcher([
    [],
    ["https://a.example/x", "https://a.example/y"],
    ["https://a.example/*"],
    ["https://a.example/x", "https://a.example/*"],
  ]);
  expect(find("https://a.example/x")).toBe(1);
  expect(find("https://a.example/z")).toBe(2);
  expect(find("https://b.example/z")).toBe(Infinity);
});
