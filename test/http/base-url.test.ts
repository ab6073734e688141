import fc from "fast-check";
import { expect, it } from "vitest";
import { InvalidInputError } from "../../src/errors/index.js";
import { parseBaseUrl } from "../../src/http/base-url.js";
import { thrownBy } from "../support/rejection.js";

it.each([
  ["http: to a stranger", "http://api.linqapp.com"],
  ["http: to an address in the same network", "http://192.168.0.1"],
  ["http: to all interfaces", "http://0.0.0.0"],
  ["http: to a host that only begins like loopback", "http://127.0.0.1.example.com"],
  ["http: to a host that only begins like localhost", "http://localhost.example.com"],
  ["http: to a host that only ends like localhost", "http://evil-localhost"],
  ["http: with localhost as the user", "http://localhost@example.com"],
  ["http: with localhost in the path", "http://example.com/.localhost"],
  ["http: with localhost in the query", "http://example.com?.localhost"],
  ["a user", "https://user@example.com"],
  ["a user and a password", "https://user:secret@example.com"],
  ["a password alone", "https://:secret@example.com"],
  ["a query", "https://example.com?version=2"],
  ["a query after a path", "https://example.com/linq?version=2"],
  ["an empty query", "https://example.com?"],
  ["an empty query after a path", "https://example.com/linq/?"],
  ["a fragment", "https://example.com#top"],
  ["an empty fragment", "https://example.com#"],
  ["an empty query and an empty fragment", "https://example.com?#"],
  ["a relative URL", "/linq"],
  ["a host without a protocol", "api.linqapp.com"],
  ["a URL without a protocol", "//api.linqapp.com"],
  ["a URL without a host", "https://"],
  ["ftp:", "ftp://example.com"],
  ["ws:", "ws://localhost"],
  ["file:", "file:///etc/passwd"],
  ["data:", "data:text/plain,hello"],
  ["javascript:", "javascript:alert(1)"],
  ["an empty string", ""],
  ["null", null],
  ["undefined", undefined],
  ["a number", 443],
  ["a URL object", new URL("https://example.com")],
  ["an array that reads like a URL", ["https://example.com"]],
])("refuses %s", (_what, value) => {
  const error = thrownBy(() => parseBaseUrl(value));
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(error).toMatchObject({ field: "baseUrl" });
});

it("does not repeat a password", () => {
  const error = thrownBy(() => parseBaseUrl("https://user:hunter2@example.com"));
  expect(String(error)).not.toContain("hunter2");
});

it.each([
  ["https://api.linqapp.com", "https://api.linqapp.com"],
  ["https://api.linqapp.com/", "https://api.linqapp.com"],
  ["https://api.linqapp.com//", "https://api.linqapp.com"],
  ["https://API.LinqApp.com", "https://api.linqapp.com"],
  ["https://example.com:443", "https://example.com"],
  ["https://example.com:8443", "https://example.com:8443"],
  ["https://example.com/linq", "https://example.com/linq"],
  ["https://example.com/linq/", "https://example.com/linq"],
  ["https://example.com/a/../linq", "https://example.com/linq"],
  ["http://localhost", "http://localhost"],
  ["http://localhost:3000/", "http://localhost:3000"],
  ["http://LOCALHOST:3000", "http://localhost:3000"],
  ["http://linq.localhost/api", "http://linq.localhost/api"],
  ["http://a.b.localhost", "http://a.b.localhost"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["http://127.1.2.3", "http://127.1.2.3"],
  ["http://127.1", "http://127.0.0.1"],
  ["http://[::1]:8080", "http://[::1]:8080"],
  ["http://[0:0:0:0:0:0:0:1]", "http://[::1]"],
])("normalizes %s to %s", (given, expected) => {
  expect(parseBaseUrl(given)).toBe(expected);
});

it("returns a URL to which a path can be appended, or throws", () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (given) => {
      let base: string;
      try {
        base = parseBaseUrl(given);
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidInputError);
        return;
      }
      const { pathname } = new URL(base);
      const whole = new URL(`${base}/api`);
      expect(whole.pathname).toBe(pathname === "/" ? "/api" : `${pathname}/api`);
      expect(whole.search + whole.hash).toBe("");
    }),
  );
});
