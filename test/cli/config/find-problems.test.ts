import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { problemsOf } from "./config-problems.js";

const GOOD = { webhook_url: "https://a.example/x", events: ["message.read"] };

function withEntry(changes: object): string {
  return JSON.stringify({
    subscriptions: [GOOD, { ...GOOD, webhook_url: "https://b.example/y", ...changes }],
  });
}

/** Returns the problems without their positions, which most of the cases do not need. */
function messagesOf(text: string, allowUnknownEvents = false): string[] {
  return problemsOf(text, allowUnknownEvents).map((line) => line.replace(/^\d+:\d+: /, ""));
}

const URL_EXPECTED = 'must be an absolute URL such as "https://example.com/hook"';
const SECRET_EXPECTED = 'must be { "env": NAME } or { "file": PATH }';

describe("a problem of a file", () => {
  it("is reported with its line and its column, from top to bottom", () => {
    const text = `{
  "subscriptions": [
    { "webhook_url": "https://a.example/x", "events": ["message.read"] },
    {
      "webhook_url": "example.com",
      "event": ["message.read"],
      "events": ["message.send", "mesage.recieved"],
      "active": "yes"
    }
  ],
  "prune": 1
}`;
    expect(problemsOf(text)).toEqual([
      `5:22: subscriptions[1].webhook_url: ${URL_EXPECTED}`,
      '6:7: subscriptions[1]: unknown key; did you mean "events"?',
      '7:18: subscriptions[1].events[0]: unknown event; did you mean "message.sent"?',
      '7:34: subscriptions[1].events[1]: unknown event; did you mean "message.received"?',
      "8:17: subscriptions[1].active: must be true or false",
      "11:12: prune: must be true or false",
    ]);
  });

  it.each<[string, string[]]>([
    ["[]", ['must be an object such as { "subscriptions": [] }']],
    ["null", ['must be an object such as { "subscriptions": [] }']],
    ["{}", ['"subscriptions" is missing']],
    ['{"subscriptions": {}}', ["subscriptions: must be an array with an object for each URL"]],
    [
      '{"subscriptions": ["x"]}',
      ['subscriptions[0]: must be an object with "webhook_url" and "events"'],
    ],
    [
      '{"subscriptions": [{}]}',
      ['subscriptions[0]: "webhook_url" is missing', 'subscriptions[0]: "events" is missing'],
    ],
    ['{"subscriptions": [], "$schema": 1}', ["$schema: must be the path or the URL of a schema"]],
    [
      '{"subscriptions": [], "scope": "https://a.example"}',
      ["scope: must be an array of at least one URL prefix"],
    ],
    ['{"subscriptions": [], "scope": ["/hooks"]}', [`scope[0]: ${URL_EXPECTED}`]],
    [
      '{"subscriptions": [], "prune": true}',
      ['"prune" needs "scope": add the URL prefixes in which to delete'],
    ],
    [
      '{"subscriptions": [], "prune": true, "scope": []}',
      ["scope: must be an array of at least one URL prefix"],
    ],
    [
      '{"subscriptions": [], "description": "ours"}',
      ['unknown key; expected one of "$schema", "subscriptions", "scope", "prune"'],
    ],
    [
      withEntry({ events: [] }),
      ['subscriptions[1].events: must be an array of at least one event name, or "all"'],
    ],
    [
      withEntry({ events: "message.read" }),
      ['subscriptions[1].events: must be an array of at least one event name, or "all"'],
    ],
    [
      withEntry({ events: "All" }),
      ['subscriptions[1].events: must be an array of at least one event name, or "all"'],
    ],
    [
      withEntry({ events: ["all"] }),
      ['subscriptions[1].events[0]: unknown event; did you mean "call.completed"?'],
    ],
    [withEntry({ events: [7] }), ["subscriptions[1].events[0]: must be the name of an event"]],
    [withEntry({ version: 0 }), ["subscriptions[1].version: must be a positive integer such as 2"]],
    [
      withEntry({ version: "2" }),
      ["subscriptions[1].version: must be a positive integer such as 2"],
    ],
    [
      withEntry({ replaces: "https://c.example" }),
      ["subscriptions[1].replaces: must be an array of URLs"],
    ],
    [withEntry({ replaces: ["c.example"] }), [`subscriptions[1].replaces[0]: ${URL_EXPECTED}`]],
    [withEntry({ secret: {} }), [`subscriptions[1].secret: ${SECRET_EXPECTED}`]],
    [withEntry({ secret: null }), [`subscriptions[1].secret: ${SECRET_EXPECTED}`]],
    [
      withEntry({ secret: { env: "A", file: "b" } }),
      [`subscriptions[1].secret: ${SECRET_EXPECTED}`],
    ],
    [
      withEntry({ secret: { env: "not a name" } }),
      [
        "subscriptions[1].secret.env: must be the name of an environment variable, such as LINQ_SECRET",
      ],
    ],
    [
      withEntry({ secret: { file: "" } }),
      ["subscriptions[1].secret.file: must be the path of a file"],
    ],
    [
      withEntry({ secret: { enf: "A" } }),
      ['subscriptions[1].secret: unknown key; did you mean "env"?'],
    ],
    [
      withEntry({ secret: "whsec_0123456789" }),
      [`subscriptions[1].secret: ${SECRET_EXPECTED}; do not write the secret into this file`],
    ],
  ])("is reported for %s", (text, expected) => {
    expect(messagesOf(text)).toEqual(expected);
  });

  it.each<[string, string[]]>([
    [
      withEntry({ webhook_url: "HTTPS://A.example:443/x#part" }),
      [
        "subscriptions[1].webhook_url: must be a different URL from that of `subscriptions[0]`, since all events of a URL go into one entry",
      ],
    ],
    [withEntry({ webhook_url: "http://[/" }), [`subscriptions[1].webhook_url: ${URL_EXPECTED}`]],
    [
      withEntry({ replaces: ["https://*.example/", "http://a:b:c/"] }),
      [`subscriptions[1].replaces[1]: ${URL_EXPECTED}`],
    ],
  ])("is reported for %s, although a schema cannot detect it", (text, expected) => {
    expect(messagesOf(text)).toEqual(expected);
  });

  it("is only counted after the first ten", () => {
    const problems = problemsOf(JSON.stringify({ subscriptions: Array(8).fill({}) }));
    expect(problems).toHaveLength(11);
    expect(problems.at(-1)).toBe(" and 6 more");
  });

  it("is an unknown event only if unknown events are not allowed", () => {
    const text = withEntry({ events: ["message.edited"] });
    expect(messagesOf(text)).toHaveLength(1);
    expect(problemsOf(text, true)).toEqual([]);
    expect(messagesOf(withEntry({ events: [""] }), true)).toEqual([
      "subscriptions[1].events[0]: must be the name of an event",
    ]);
  });

  it("is never described with text of the file", () => {
    const sentinel = "s3ntinel";
    const anything = fc.oneof(
      fc.constant<unknown>(sentinel),
      fc.constant({ [sentinel]: { [sentinel]: [sentinel] } }),
      fc.constant([sentinel]),
    );
    const some = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
      fc.oneof({ weight: 1, arbitrary: value }, { weight: 2, arbitrary: anything });
    const entry = fc.record(
      {
        webhook_url: some(fc.constant(`https://a.example/${sentinel}`)),
        events: some(fc.array(some(fc.constant("message.read")))),
        secret: some(
          fc.record({ env: anything, file: anything, [sentinel]: anything }, { requiredKeys: [] }),
        ),
        replaces: some(fc.array(anything)),
        [sentinel]: anything,
      },
      { requiredKeys: [] },
    );
    const file = fc.record(
      {
        subscriptions: some(fc.array(some(entry))),
        scope: some(fc.array(anything)),
        [sentinel]: anything,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(some(file), fc.nat(), fc.boolean(), (value, cut, isCut) => {
        const text = JSON.stringify(value);
        // A truncated file is not JSON.
        const given = isCut ? text.slice(0, cut % (text.length + 1)) : text;
        expect(problemsOf(given).join("\n")).not.toContain(sentinel);
      }),
    );
  });
});
