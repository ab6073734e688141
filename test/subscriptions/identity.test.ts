import fc from "fast-check";
import { expect, it } from "vitest";
import {
  activeAt,
  addressOf,
  divideEvents,
  findConflicts,
  findKeeper,
} from "../../src/subscriptions/identity.js";
import { parseUrl } from "../../src/checks/parse-url.js";
import type { WebhookSubscription } from "../../src/subscriptions/subscription.js";
import { buildSubscription } from "../support/build-subscription.js";

it.each([
  ["another host", "https://example.com/hook", "https://example.org/hook"],
  ["another path", "https://example.com/hook", "https://example.com/other"],
  ["a slash at the end", "https://example.com/hook", "https://example.com/hook/"],
  ["capitals in the path", "https://example.com/hook", "https://example.com/Hook"],
  ["a query", "https://example.com/hook", "https://example.com/hook?a=1"],
  ["an empty query", "https://example.com/hook", "https://example.com/hook?"],
  ["another order in the query", "https://example.com/?a&b", "https://example.com/?b&a"],
  ["another protocol", "https://example.com/hook", "http://example.com/hook"],
  ["another port", "https://example.com/hook", "https://example.com:8443/hook"],
  ["a user", "https://example.com/hook", "https://me@example.com/hook"],
  ["www", "https://example.com/hook", "https://www.example.com/hook"],
  ["another encoding", "https://example.com/~me", "https://example.com/%7Eme"],
])("distinguishes URLs that differ by %s", (_what, a, b) => {
  expect(addressOf(a)).not.toBe(addressOf(b));
});

it.each([
  ["capitals in the host", "https://example.com/hook", "https://EXAMPLE.com/hook"],
  ["capitals in the protocol", "https://example.com/hook", "HTTPS://example.com/hook"],
  ["the default port", "https://example.com/hook", "https://example.com:443/hook"],
  ["a fragment", "https://example.com/hook", "https://example.com/hook#here"],
  ["an empty fragment", "https://example.com/hook", "https://example.com/hook#"],
  ["a bare host", "https://example.com", "https://example.com/"],
  ["dots in the path", "https://example.com/hook", "https://example.com/a/../hook"],
  ["a host in its own script", "https://müller.example/", "https://xn--mller-kva.example/"],
  ["white space around it", "https://example.com/hook", " https://example.com/hook "],
])("treats URLs that differ by %s as the same", (_what, a, b) => {
  expect(addressOf(a)).toBe(addressOf(b));
});

it("returns text that is not a URL unchanged, because a server may hold anything", () => {
  expect(addressOf("not a url")).toBe("not a url");
  expect(addressOf("")).toBe("");
});

/** URLs from few parts, so that many of them are equal. */
const url = fc
  .tuple(
    fc.constantFrom("https://", "HTTPS://", "http://"),
    fc.constantFrom("a.example", "A.example", "b.example"),
    fc.constantFrom("", ":443", ":80", ":8080"),
    fc.constantFrom("", "/", "/x", "/./x", "/X", "/%78"),
    fc.constantFrom("", "?", "?q", "?q=1"),
    fc.constantFrom("", "#", "#f"),
  )
  .map((parts) => parts.join(""));

it("compares URLs as the URL class does, without the fragment", () => {
  const withoutFragment = (text: string): string => new URL(text).href.replace(/#.*$/, "");
  fc.assert(
    fc.property(url, url, (a, b) => {
      expect(addressOf(a) === addressOf(b)).toBe(withoutFragment(a) === withoutFragment(b));
    }),
  );
});

/** URLs from parts that the standard normalizes, or that only look like such parts. */
const nasty = fc
  .tuple(
    fc.constantFrom(
      "https://",
      "http://",
      "Https://",
      "https:",
      "https:/\\",
      "ftp://",
      " https://",
    ),
    fc.constantFrom("", "me@", "me:pass@", ":@"),
    fc
      .array(
        fc.constantFrom(
          ...["a", "example", "com", "A", "1", "0x7f", "127", "256", "09", "", "-", "a-b", "a--b"],
          ...["xn--a", "xn--mller-kva", "ü", "%61", "a_b", "e1", "0xg", "[::1]", "a b", "a\tb"],
        ),
        { minLength: 1, maxLength: 4 },
      )
      .map((labels) => labels.join(".")),
    fc.constantFrom("", ".", ":", ":443", ":80", ":8080", ":0080", ":0", ":65536", ":9999", ":a"),
    fc
      .array(
        fc.constantFrom(
          ...[
            "/",
            "//",
            "\\",
            "/.",
            "/..",
            "/%2e",
            "/%2E%2e/",
            ".",
            "..",
            "a",
            "A.b",
            "~_-",
            "%7E",
          ],
          ...[
            "%",
            "\t",
            "\n",
            " ",
            "ü",
            "'",
            '"',
            "<",
            "{",
            "|",
            "^",
            "`",
            "@",
            ":",
            ";",
            "+",
            "\0",
          ],
        ),
        { maxLength: 5 },
      )
      .map((parts) => parts.join("")),
    fc.constantFrom("", "?", "?q", "?a=1&b=2", "?a=/../b", "?'", "? ", "?ü", "??", "?%41", "?\n"),
    fc.constantFrom("", "#", "#f", "#f?g", "##", "\n", " "),
  )
  .map((parts) => parts.join(""));

/** URLs, most of which the standard leaves unchanged. */
const plain = fc
  .tuple(
    fc.constantFrom("https://", "http://"),
    fc.stringMatching(/^[a-z\d.-]{0,12}\.[a-z\d-]{1,4}$/),
    fc.constantFrom("", ":443", ":80", ":8080", ":1", ":4430", ":800"),
    fc.stringMatching(/^\/[\w~./-]{0,12}$/),
    fc.constantFrom("", "?", "?a=1&b", "?a=.."),
  )
  .map((parts) => parts.join(""));

it("normalizes every URL as the standard does, even if it does not parse the URL", () => {
  const asTheStandard = (text: string): string => parseUrl(text)?.href.replace(/#.*/, "") ?? text;
  fc.assert(
    fc.property(fc.oneof(nasty, plain), (text) => {
      expect(addressOf(text)).toBe(asTheStandard(text));
    }),
    { numRuns: 5_000 },
  );
});

it("returns an address unchanged", () => {
  fc.assert(
    fc.property(fc.oneof(url, fc.webUrl({ withFragments: true }), fc.string()), (text) => {
      expect(addressOf(addressOf(text))).toBe(addressOf(text));
    }),
  );
});

it("finds the active subscriptions of a URL, lowest id first", () => {
  const list = [
    buildSubscription({ id: 9 }),
    buildSubscription({ id: 4, webhook_url: "https://EXAMPLE.com/hook#x" }),
    buildSubscription({ id: 5, active: false }),
    buildSubscription({ id: 2, webhook_url: "https://example.com/other" }),
  ];
  const before = [...list];
  expect(activeAt("https://example.com:443/hook", list).map(({ id }) => id)).toEqual([4, 9]);
  expect(list).toEqual(before);
});

const subscription = fc.record({
  id: fc.integer({ min: 1, max: 6 }),
  events: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { maxLength: 3 }),
  secret_configured: fc.constantFrom(true, false, undefined, null),
  last_delivered_at: fc.constantFrom(
    undefined,
    null,
    "2025-01-01T00:00:00Z",
    "2025-06-01T00:00:00Z",
    "never",
  ),
});

/** What the API may return, null included, which its specification does not promise. */
const build = (over: object): WebhookSubscription => ({ ...buildSubscription(), ...over });

it("finds the events that are already delivered, and the subscriptions that deliver them", () => {
  const list = [
    build({ id: 1, events: ["a", "b"] }),
    build({ id: 2, events: ["c"] }),
    build({ id: 3, events: ["b", "d"] }),
  ];
  const { existing, sharedEvents } = findConflicts(["d", "b", "x", "b"], list);
  expect(sharedEvents).toEqual(["d", "b"]);
  expect(existing.map(({ id }) => id)).toEqual([1, 3]);
});

it("finds no conflict if no event is shared", () => {
  const list = [build({ events: ["a"] }), build({ events: [] })];
  expect(findConflicts(["b"], list)).toEqual({ existing: [], sharedEvents: [] });
  expect(findConflicts([], list)).toEqual({ existing: [], sharedEvents: [] });
  expect(findConflicts(["a"], [])).toEqual({ existing: [], sharedEvents: [] });
});

it("finds a conflict of two subscriptions from both sides or from neither", () => {
  fc.assert(
    fc.property(subscription, subscription, (left, right) => {
      const [a, b] = [build(left), build(right)];
      const forth = findConflicts(a.events, [b]);
      const back = findConflicts(b.events, [a]);
      const shared = a.events.filter((event) => b.events.includes(event));
      expect(new Set(forth.sharedEvents)).toEqual(new Set(shared));
      expect(new Set(back.sharedEvents)).toEqual(new Set(shared));
      expect(forth.existing.length).toBe(shared.length > 0 ? 1 : 0);
    }),
  );
});

it("assigns each event to the lowest id that delivers it, and considers nothing else", () => {
  const rows = [
    { id: 1, events: ["message.sent"], secret_configured: false, last_delivered_at: null },
    { id: 2, events: ["message.sent", "message.read"], secret_configured: true },
    { id: 3, events: ["message.read", "message.read", "call.completed"] },
  ].map(build);
  const shares = divideEvents(rows, (event) => event !== "call.completed");
  expect(shares.map(({ kept }) => kept)).toEqual([
    ["message.sent"],
    ["message.read"],
    ["call.completed"],
  ]);
  expect(shares.map(({ givenUp }) => [...givenUp].map(([event, { id }]) => [event, id]))).toEqual([
    [],
    [["message.sent", 1]],
    [["message.read", 2]],
  ]);
});

it("leaves events that nobody guards where they are", () => {
  const rows = [1, 2].map((id) => build({ id, events: ["message.sent"] }));
  expect(divideEvents(rows, () => false).map(({ kept }) => kept)).toEqual([
    ["message.sent"],
    ["message.sent"],
  ]);
});

it("assigns each guarded event to exactly one subscription, and loses none", () => {
  const list = fc.uniqueArray(subscription, { selector: ({ id }) => id });
  fc.assert(
    fc.property(list, (items) => {
      const rows = items.map(build).sort((a, b) => a.id - b.id);
      const kept = divideEvents(rows, () => true).flatMap((share) => share.kept);
      expect(kept).toHaveLength(new Set(kept).size);
      expect(new Set(kept)).toEqual(new Set(rows.flatMap(({ events }) => events)));
    }),
  );
});

it.each<[what: string, rows: object[], id: number | undefined]>([
  ["the lowest id that delivers some of the events", [{ id: 2 }, { id: 1 }], 1],
  [
    "one that delivers some before one that does not",
    [{ id: 1, events: ["call.completed"] }, { id: 2 }],
    2,
  ],
  [
    "the lowest id if none delivers any",
    [3, 2].map((id) => ({ id, events: ["call.completed"] })),
    2,
  ],
  ["no inactive one", [{ id: 1, active: false }, { id: 2 }], 2],
  ["nothing if all are inactive", [{ id: 1, active: false }], undefined],
  [
    "the lowest id, even if a higher one is signed and delivered last",
    [{ id: 1 }, { id: 2, secret_configured: true, last_delivered_at: "2025-06-01T00:00:00Z" }],
    1,
  ],
])("keeps %s", (_what, rows, id) => {
  const given = rows.map((row) => build({ events: ["message.sent"], ...row }));
  expect(findKeeper(["message.sent"], given)?.id).toBe(id);
});

it("returns the same address with and without the shortcut for plain URLs", () => {
  const texts = fc
    .tuple(
      fc.constantFrom("https://", "http://", "HTTPS://", "https:/", "https:///"),
      fc.string({
        unit: fc.constantFrom(...Array.from("ab1-.xn"), "xn--", "0x", "E", "ü", ":", "@"),
        maxLength: 8,
      }),
      fc.constantFrom("/", "", ".a/", ".com/", ".1/", ".com./", "\\"),
      fc.string({
        unit: fc.constantFrom(
          ...Array.from("aA1/._~-"),
          "/.",
          "%2e",
          "?",
          "#",
          "\\",
          " ",
          "\n",
          "ü",
        ),
      }),
    )
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(texts, (text) => {
      expect(addressOf(text)).toBe(asTheStandardHasIt(text));
    }),
    { numRuns: 5_000 },
  );
});

/** Not by `URL.canParse`, which in Node 20 fails for letters such as "ü" once it is called often. */
function asTheStandardHasIt(text: string): string {
  try {
    return new URL(text).href.replace(/#.*/, "");
  } catch {
    return text;
  }
}
