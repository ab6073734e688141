import { expect, it } from "vitest";
import { hasKeyName, keysOf, maskUrls, replaceKeys } from "../../src/checks/mask-urls.js";

it.each([
  ["https://user:word@example.com/hook", "https://***@example.com/hook"],
  ["https://user@example.com", "https://***@example.com"],
  ["https://us:er:w@rd@example.com/a@b", "https://***@example.com/a@b"],
  ["https://example.com/hook?key=abc", "https://example.com/hook?key=***"],
  ["https://example.com/?a=1&api_key=abc&b=2", "https://example.com/?a=1&api_key=***&b=2"],
  ["https://example.com/?X-Signature=abc#token=1", "https://example.com/?X-Signature=***#token=1"],
  ["https://example.com/?access_token=a=b==", "https://example.com/?access_token=***"],
  ["https://example.com/?x=AbCdEfGh12345678", "https://example.com/?x=***"],
  ["https://example.com/?AbCdEfGh12345678", "https://example.com/?***"],
  [
    "at https://a:b@x.example and http://c:d@y.example.",
    "at https://***@x.example and http://***@y.example.",
  ],
  [
    '{"webhook_url":"https://a:b@x.example/?key=1","id":1}',
    '{"webhook_url":"https://***@x.example/?key=***","id":1}',
  ],
  ["https://a:${B}@x.example/?key=${A}b", "https://***@x.example/?key=***"],
  ["<https://a:b@x.example/?key=1>", "<https://***@x.example/?key=***>"],
])("masks %s", (text, masked) => {
  expect(maskUrls(text)).toBe(masked);
  // Masked text does not change.
  expect(maskUrls(masked)).toBe(masked);
});

it.each([
  "https://example.com",
  "https://example.com/hook?team=blue&id=7",
  "https://example.com/hook?q=hello-world-and-more-words",
  "https://example.com/hook?n=12345678901234567890",
  "https://example.com/@user/hook?key=",
  "https://example.com/hook?key",
  "https://${HOOK_CREDENTIALS}@example.com/hook?api_key=${HOOK_API_KEY}",
  "webhook subscription 1 already delivers message.sent; a@b.example: why?key=1",
  "://",
  "://?#",
  "",
])("leaves %j as it is", (text) => {
  expect(maskUrls(text)).toBe(text);
});

it("replaces each key with the result of a function of its name", () => {
  const replace = (name: string): string => `<${name}>`;
  const url = "https://user:word@example.com/a?api_key=abc'd&team=blue&AbCdEfGh12345678#x?key=1";
  expect(replaceKeys(url, replace)).toBe(
    "https://<credentials>@example.com/a?api_key=<api_key>&team=blue&<key>#x?key=1",
  );
  expect(replaceKeys("https://example.com/a?team=blue", replace)).toBe(
    "https://example.com/a?team=blue",
  );
});

it.each([
  ["HOOK_TOKEN", true],
  ["api_key", true],
  ["HOST", false],
])("tells by its name whether %s is a key: %s", (name, expected) => {
  expect(hasKeyName(name)).toBe(expected);
});

it("takes no longer for a long text than for its pieces", () => {
  const timeOf = (texts: readonly string[]): number => {
    const start = performance.now();
    for (const text of texts) maskUrls(text);
    return performance.now() - start;
  };
  for (const part of ["://", "://@", "://?", "://a?b=", "x://a ", "://?&", "://?=", "@"]) {
    const repeat = (length: number): string => part.repeat(Math.ceil(length / part.length));
    const base = timeOf(Array.from({ length: 100 }, () => repeat(1_000)));
    // What takes quadratic time takes a hundred times as long.
    expect(timeOf([repeat(100_000)]), part).toBeLessThan(20 * base + 50);
  }
});

it("lists the secret values of a URL, decoded where that is possible", () => {
  expect(keysOf("https://user:p%40ss@example.com/?key=a%20b&team=blue")).toEqual(["p@ss", "a b"]);
  expect(keysOf("https://example.com/")).toEqual([]);
  expect(keysOf("https://us%er:p%ss@example.com/")).toEqual(["p%ss"]);
  expect(keysOf("no url")).toEqual([]);
});
