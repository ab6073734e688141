import { describe, expect, it } from "vitest";
import { parse, problemsOf } from "./config-problems.js";

describe("a file", () => {
  it("may have comments, trailing commas, and line ends of Windows", () => {
    const text = [
      "// Ours.",
      "{",
      '  "subscriptions": [ /* one */',
      '    { "webhook_url": "https://a.example/x", "events": ["message.read",], },',
      "  ],",
      "}",
      "",
    ];
    for (const end of ["\n", "\r\n"]) {
      expect(parse(text.join(end)).subscriptions).toMatchObject([{ events: ["message.read"] }]);
    }
  });

  it.each([
    ["", "1:1: expected a value"],
    ["// nothing\n", "2:1: expected a value"],
    ["{", '1:2: expected "}"'],
    ['{"subscriptions": [\n', '2:1: expected "]"'],
    ['{"subscriptions" []}', '1:18: expected ":"'],
    ['{\r\n"subscriptions": []\r\n"prune": true}', '3:1: expected ","'],
    ["{subscriptions: []}", "1:2: expected JSON: write names and strings in double quotes"],
    ["{'subscriptions': []}", "1:2: expected JSON: write names and strings in double quotes"],
    [
      '{"subscriptions": undefined}',
      "1:19: expected JSON: write names and strings in double quotes",
    ],
    ['{"subscriptions": [,]}', "1:20: expected a value"],
    ['{"subscriptions": [],,}', '1:22: expected a key in double quotes, or "}"'],
    ['{"subscriptions": []} 1', "1:23: expected the end of the file"],
    ['{"$schema": "a\n"}', "1:13: this string does not end on its line"],
    [String.raw`{"$schema": "C:\x"}`, String.raw`1:13: write a backslash in a string as "\\"`],
    ["{} /* open", "1:4: this comment does not end"],
    ['{"$schema": "\t"}', "1:13: escape a control character in a string with a backslash"],
    [
      String.raw`{"$schema": "\u12"}`,
      String.raw`1:13: expected four hexadecimal digits after each \u in this string`,
    ],
    ['{"prune": 1.}', "1:11: a number must end with a digit"],
  ])("such as %j is refused with the problem and its position", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it.each([
    ['{"subscriptions": [],\n "subscriptions": []}', "2:2: duplicate key; remove one of the two"],
    [
      '{"subscriptions": [{"secret": {"env": "A", "env": "B"}}]}',
      "1:44: duplicate key; remove one of the two",
    ],
    [
      String.raw`{"prune": true, "pr\u0075ne": false}`,
      "1:17: duplicate key; remove one of the two",
    ],
  ])("such as %j is refused because one of two equal keys would be ignored", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });
});
