import fc from "fast-check";
import { expect, it } from "vitest";
import { InvalidInputError } from "../../src/index.js";
import { addressOf } from "../../src/subscriptions/identity.js";
import { isInScope, parseScope } from "../../src/sync/scope.js";
import { thrownBy } from "../support/rejection.js";

const holds = (scope: string, url: string): boolean =>
  isInScope(parseScope([scope]), addressOf(url));

it.each([
  ["https://a.example/hooks", "https://a.example/hooks"],
  ["https://a.example/hooks", "https://a.example/hooks/x"],
  ["https://a.example/hooks", "https://a.example/hooks?x"],
  ["https://a.example/hooks", "https://a.example/hooks#x"],
  ["https://a.example/hooks/", "https://a.example/hooks/x"],
  ["https://a.example", "https://a.example/anything?at=all"],
  ["https://A.example:443/hooks#x", "https://a.EXAMPLE/hooks/x"],
  ["https://a.example/x/../hooks", "https://a.example/hooks"],
  ["https://a.example/hooks?team=1", "https://a.example/hooks?team=1"],
  ["https://a.example/hooks?team=1", "https://a.example/hooks?team=1&x=2"],
])("%s holds %s", (scope, url) => {
  expect(holds(scope, url)).toBe(true);
});

it.each([
  ["https://a.example/hooks", "https://a.example/hooksx"],
  ["https://a.example/hooks", "https://a.example/hooks%2Fx"],
  ["https://a.example/hooks", "https://a.example/Hooks"],
  ["https://a.example/hooks", "https://a.example/hooks/../other"],
  ["https://a.example/hooks", "https://a.example/hooks/%2e%2e/other"],
  ["https://a.example/hooks/", "https://a.example/hooks"],
  ["https://a.example/hooks", "http://a.example/hooks"],
  ["https://a.example/hooks", "https://a.example:8443/hooks"],
  ["https://a.example", "https://a.example.evil.com/"],
  ["https://a.example", "https://a.example@evil.com/"],
  ["https://a.example", "https://xa.example/"],
  ["https://a.example/hooks?team=1", "https://a.example/hooks?team=10"],
  ["https://a.example/hooks?team=1", "https://a.example/hooks?team=1/x"],
  ["https://a.example", "https://a.example:99999/"],
])("%s does not hold %s", (scope, url) => {
  expect(holds(scope, url)).toBe(false);
});

it("holds nothing on another origin, whatever the URLs", () => {
  const urls = fc
    .tuple(
      fc.constantFrom("https://", "http://"),
      fc.constantFrom("", "a.example@", "a.example:443@"),
      fc.constantFrom("a.example", "a.example.evil.com", "evil.com", "xa.example"),
      fc.constantFrom("", ":443", ":80", ":8443"),
      fc.constantFrom("", "/", "/a.example", "/x/../..", "?x", "/%2e%2e/y", "#https://a.example"),
    )
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(urls, urls, (scope, url) => {
      if (new URL(scope).origin !== new URL(url).origin) expect(holds(scope, url)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

it("holds what any of its prefixes holds", () => {
  const scope = parseScope(["https://a.example/x", "https://b.example"]);
  expect(isInScope(scope, "https://b.example/y")).toBe(true);
  expect(isInScope(scope, "https://a.example/y")).toBe(false);
});

it.each([
  ["scope", "https://a.example"],
  ["scope", {}],
  ["scope[0]", [""]],
  ["scope[1]", ["https://a.example", "a.example"]],
  ["scope[0]", ["ftp://a.example"]],
  ["scope[0]", [undefined]],
])("names %s in the error for %j", (field, scope) => {
  const error = thrownBy(() => parseScope(scope));
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(error).toMatchObject({ field });
});
