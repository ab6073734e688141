import { describe, expect, it } from "vitest";
import { askAs } from "./ask.js";
import { createJudge } from "./judge.js";
import { respell, type Respelling } from "./respell.js";

const CASES: readonly (readonly [Respelling, string, string])[] = [
  ["addSlash", "https://e.com/hook?a=1", "https://e.com/hook/?a=1"],
  ["addSlash", "https://e.com", "https://e.com/"],
  ["addSlash", "https://e.com/hook/", "https://e.com/hook/"],
  ["dropSlash", "https://e.com/hook/?a=1", "https://e.com/hook?a=1"],
  ["dropSlash", "https://e.com/", "https://e.com"],
  ["lowerCase", "HTTPS://E.com/Hook?A=B#C", "https://e.com/hook?A=B#C"],
  ["punycode", "https://bücher.example:8080/ü", "https://xn--bcher-kva.example:8080/ü"],
  ["unicode", "https://xn--bcher-kva.example/hook", "https://bücher.example/hook"],
  ["decode", "https://e.com/%68%6Fok%2F?q=%7E%26", "https://e.com/hook%2F?q=~%26"],
  ["sortQuery", "https://e.com/hook?b=1&a=2#f", "https://e.com/hook?a=2&b=1#f"],
  ["dropQuestionMark", "https://e.com/hook?", "https://e.com/hook"],
  ["dropQuestionMark", "https://e.com/hook?a=1", "https://e.com/hook?a=1"],
];

describe("respell", () => {
  it.each(CASES)("%s: %s", (respelling, sent, stored) => {
    expect(respell(sent, [respelling])).toBe(stored);
  });

  it("changes the URL that POST and PUT store", async () => {
    const judge = createJudge({ respell: ["addSlash", "lowerCase"] });
    const client = askAs("a", judge);
    const stored = { webhook_subscription: { webhook_url: "https://e.com/hook/" } };
    expect(await client.post({ webhook_url: "https://e.com/Hook" })).toMatchObject({
      body: stored,
    });
    expect(await client.put(1, { webhook_url: "https://E.com/HOOK" })).toMatchObject({
      body: stored,
    });
    expect(await client.list()).toMatchObject([stored.webhook_subscription]);
  });
});
