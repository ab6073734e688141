import { describe, expect, it } from "vitest";
import { ConfigError } from "../../../src/cli/config/config-error.js";
import { type Config, parseConfig } from "../../../src/cli/config/parse-config.js";
import { thrownBy } from "../../support/rejection.js";

const ENV = {
  HOST: "hooks.example.com",
  BASE: "https://base.example",
  HOOK_TOKEN: "s3ntinel-of-the-path",
  EMPTY: "",
  SPACE: "a b",
};

function parse(text: string): Config {
  return parseConfig({ name: "f.json", text }, false, ENV);
}

function entryText(url: string): string {
  return `{ "subscriptions": [\n  { "webhook_url": "${url}", "events": "all" } ] }`;
}

function messageOf(text: string): string {
  const error = thrownBy(() => parse(text));
  expect(error).toBeInstanceOf(ConfigError);
  return String(error).replace("ConfigError: ", "");
}

describe("a variable in a URL of the file", () => {
  it.each([
    ["https://${HOST}/hook", "https://hooks.example.com/hook"],
    ["${BASE}/hook", "https://base.example/hook"],
    [
      "https://a.example/${HOOK_TOKEN}/${HOST}",
      "https://a.example/s3ntinel-of-the-path/hooks.example.com",
    ],
    ["https://a.example/$${HOST}", "https://a.example/${HOST}"],
    ["https://a.example/$$${HOST}", "https://a.example/$${HOST}"],
    ["https://a.example/$HOST$$", "https://a.example/$HOST$$"],
    ["https://\\u0024{HOST}/hook", "https://hooks.example.com/hook"],
  ])("%s is filled", (written, filled) => {
    expect(parse(entryText(written)).subscriptions[0]?.webhook_url).toBe(filled);
  });

  it("is also filled in `replaces` and in `scope`, and nowhere else", () => {
    const config = parse(`{
      "subscriptions": [
        {
          "webhook_url": "https://a.example/",
          "events": ["message.sent"],
          "secret": { "file": "\${HOST}" },
          "replaces": ["https://*.\${HOST}/"],
        },
      ],
      "scope": ["\${BASE}/hooks"],
    }`);
    expect(config).toMatchObject({
      subscriptions: [{ replaces: ["https://*.hooks.example.com/"], secret: { file: "${HOST}" } }],
      scope: ["https://base.example/hooks"],
    });
  });

  it.each([
    ["https://${NONE}/hook", "2:29", "this environment variable is not set; set it"],
    ["https://a.example/${HOST}/${EMPTY}", "2:47", "this environment variable is empty; set it"],
    ["https://a.example/${constructor}", "2:39", "this environment variable is not set; set it"],
    [
      "https://$${a}.example/${x-y}",
      "2:43",
      'expected a variable such as ${NAME}; write "$${" for a literal "${"',
    ],
    ["https://a.example/\\u0024{NONE}", "2:20", "this environment variable is not set; set it"],
    [
      "https://a.example/${SPACE}",
      "2:20",
      'must be an absolute URL such as "https://example.com/hook"',
    ],
    ["$${HOST}/hook", "2:20", 'must be an absolute URL such as "https://example.com/hook"'],
  ])("%s is refused with its line and column", (written, place, problem) => {
    expect(messageOf(entryText(written))).toBe(
      `f.json:${place}: subscriptions[0].webhook_url: ${problem}`,
    );
  });

  it("counts as a key when its name says so", () => {
    const { keys, fingerprint } = parse(entryText("https://${HOST}/${HOOK_TOKEN}"));
    expect(keys).toEqual([ENV.HOOK_TOKEN]);
    const elsewhere = { ...ENV, HOST: "other.example" };
    const text = entryText("https://${HOST}/${HOOK_TOKEN}");
    expect(parseConfig({ name: "f.json", text }, false, elsewhere).fingerprint).toBe(fingerprint);
  });
});
