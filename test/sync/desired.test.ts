import { describe, expect, it } from "vitest";
import { InvalidInputError } from "../../src/index.js";
import { parseDesired } from "../../src/sync/desired.js";
import { thrownBy } from "../support/rejection.js";

const entry = { webhook_url: "https://example.com/hook", events: ["message.sent"] };

describe("an entry", () => {
  it("gets the defaults of an input, and is not modified", () => {
    const given = Object.freeze({ ...entry, events: Object.freeze(["message.sent"]) });
    expect(parseDesired([given], false)).toEqual([
      {
        name: "desired[0]",
        address: "https://example.com/hook",
        input: { ...entry, active: true, version: 2 },
        replaces: [],
      },
    ]);
  });

  it("keeps each event once", () => {
    const [parsed] = parseDesired(
      [{ ...entry, events: ["call.completed", "call.completed"] }],
      false,
    );
    expect(parsed?.input.events).toEqual(["call.completed"]);
  });

  it("may have events that are not in the specification only where that is allowed", () => {
    const newer = { ...entry, events: ["message.edited"] };
    expect(parseDesired([newer], true)[0]?.input.events).toEqual(["message.edited"]);
    expect(() => parseDesired([newer], false)).toThrow(InvalidInputError);
  });
});

describe.each([
  ["desired", {}, "an array"],
  ["desired", undefined, "an array"],
  ["desired[0]", [null], "an object with webhook_url, events"],
  ["desired[0]", ["https://example.com"], "an object"],
  ["desired[1].url", [entry, { ...entry, url: "" }], "`webhook_url`"],
  ["desired[0].replace", [{ ...entry, replace: [] }], "`replaces`"],
  ["desired[0].webhook_url", [{ events: ["message.sent"] }], "an absolute URL"],
  ["desired[0].events", [{ ...entry, events: [] }], "at least one"],
  [
    "desired[0].events[1]",
    [{ ...entry, events: ["message.sent", "mesage.read"] }],
    '"message.read"',
  ],
  ["desired[0].active", [{ ...entry, active: 1 }], "true or false"],
  ["desired[0].version", [{ ...entry, version: "2" }], "a positive integer"],
  ["desired[0].secret", [{ ...entry, secret: undefined }], "an unset variable"],
  ["desired[0].secret", [{ ...entry, secret: "********" }], "the secret itself"],
  ["desired[0].replaces", [{ ...entry, replaces: "https://a.example" }], "an array"],
  [
    "desired[0].replaces[1]",
    [{ ...entry, replaces: ["https://a.example", "x"] }],
    "an absolute URL",
  ],
  ["desired[1]", Array(2).fill(undefined, 1, 2).fill(entry, 0, 1), "an object"],
] as const)("%s of %j", (field, desired, expected) => {
  it("is refused by name, with what was expected", () => {
    const error = thrownBy(() => parseDesired(desired, false));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field });
    expect(String(error)).toContain(expected);
  });
});

it.each([
  ["the same", "https://example.com/hook"],
  ["the same as URLs compare", "HTTPS://EXAMPLE.com:443/a/../hook#here"],
])("refuses two entries whose URLs are %s, and names both", (_what, webhook_url) => {
  const other = { ...entry, webhook_url: "https://example.com/other" };
  const error = thrownBy(() => parseDesired([other, entry, { ...entry, webhook_url }], false));
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(error).toMatchObject({ field: "desired[2].webhook_url" });
  expect(String(error)).toContain("`desired[1]`");
});

it("shows no secret in what it refuses", () => {
  const secret = " a secret with a space ";
  const error = thrownBy(() => parseDesired([{ ...entry, secret }], false));
  expect(String(error)).not.toContain(secret.trim());
});
