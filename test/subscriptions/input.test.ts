import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EVENT_NAMES } from "../../generated/constants.js";
import { InvalidInputError } from "../../src/errors/index.js";
import {
  parseEnsureInput,
  parseId,
  parseInput,
  parsePatch,
} from "../../src/subscriptions/input.js";
import { thrownBy } from "../support/rejection.js";

const INPUT = { webhook_url: "https://example.com/hook", events: ["message.received"] };

const refusalOf = (input: unknown, allowUnknownEvents = false): unknown =>
  thrownBy(() => parseInput(input, allowUnknownEvents));

const MASKED_SECRETS = [
  "****",
  "********",
  "********1234",
  "sk_***1234",
  "***",
  "*",
  "••••••••",
  "•••",
  "●●●●",
  "xxxx",
  "........",
  "<omitted>",
  "<secret>",
  "[REDACTED]",
  "[redacted]",
  "[FILTERED]",
  "(hidden)",
  "(sensitive value, hidden)",
];

const REFUSED_SECRETS: unknown[] = [
  "",
  " ",
  "\n",
  " hunter2-secret",
  "hunter2-secret ",
  "hunter2-secret\n",
  "\thunter2-secret",
  "\u00a0hunter2-secret",
  "\ufeffhunter2-secret",
  "hunter2-secret\ud83d",
  "hunte",
  "🔑🔑🔑🔑🔑",
  "hunter2-secret".repeat(74),
  "hunter2\0secret",
  "hunter2\nsecret",
  "hunter2\tsecret",
  "hunter2\u2028secret",
  "hunter2\u007fsecret",
  null,
  undefined,
  42,
  true,
  ["hunter2-secret"],
  { value: "hunter2-secret" },
  new String("hunter2-secret"),
  ...MASKED_SECRETS,
];

describe.each(REFUSED_SECRETS)("%j as the secret", (secret) => {
  it("is refused by create, ensure and update, and does not appear in the error", () => {
    const input = { ...INPUT, secret };
    for (const parse of [parseInput, parseEnsureInput, parsePatch]) {
      const error = thrownBy(() => parse(input, false));
      expect(error).toBeInstanceOf(InvalidInputError);
      expect(error).toMatchObject({ field: "secret" });
      expect(String(error)).not.toContain("hunter2");
      expect(String(error)).not.toMatch(/\*|•|●|<|\[/);
    }
  });
});

it.each([
  "secret",
  "hunter2",
  "with space inside",
  "pass*word**",
  "<b>bold</b>",
  "[1,2,3]",
  "unredacted",
  "Xx-xXx",
  "🔑🔑🔑🔑🔑🔑",
  "éééééé",
  "s".repeat(1_024),
  '"quoted"',
])("accepts the secret %j unchanged", (secret) => {
  expect(parseInput({ ...INPUT, secret }, false).secret).toBe(secret);
});

it("treats a missing secret as no secret", () => {
  expect(parseInput(INPUT, false)).not.toHaveProperty("secret");
  expect(parsePatch({ active: true }, false)).not.toHaveProperty("secret");
});

describe.each<[what: string, url: unknown]>([
  ["nothing", undefined],
  ["null", null],
  ["an empty string", ""],
  ["a relative URL", "/hook"],
  ["a host without a protocol", "example.com/hook"],
  ["a URL without a protocol", "//example.com/hook"],
  ["ftp:", "ftp://example.com/hook"],
  ["file:", "file:///hook"],
  ["javascript:", "javascript:alert(1)"],
  ["mailto:", "mailto:hook@example.com"],
  ["a single slash", "https:/example.com"],
  ["no slash", "https:example.com"],
  ["backslashes", "https:\\\\example.com"],
  ["a missing host", "https://"],
  ["a path in place of the host", "https:///hook"],
  ["a query in place of the host", "https://?hook"],
  ["a fragment in place of the host", "https://#hook"],
  ["a port in place of the host", "https://:443/hook"],
  ["a space before it", " https://example.com"],
  ["a space after it", "https://example.com/hook "],
  ["a space within it", "https://example.com/my hook"],
  ["a line break after it", "https://example.com/hook\n"],
  ["an invalid port", "https://example.com:99999"],
  ["a bracket in the host", "https://exa[mple.com"],
  ["a URL object", new URL("https://example.com/hook")],
  ["a list", ["https://example.com/hook"]],
])("%s as the URL", (_what, webhook_url) => {
  it("is refused", () => {
    const error = refusalOf({ ...INPUT, webhook_url });
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field: "webhook_url" });
  });
});

it.each([
  "https://example.com",
  "http://example.com/hook",
  "HTTPS://Example.com/Hook",
  "https://example.com:8443/a?b=c#d",
  "https://user:pass@example.com/hook",
  "http://localhost:3000",
  "http://[::1]:3000/hook",
  "https://müller.example/ünï",
  "https://example.com/%7Euser",
])("accepts the URL %s, as it is written", (webhook_url) => {
  expect(parseInput({ ...INPUT, webhook_url }, false).webhook_url).toBe(webhook_url);
});

describe.each<[what: string, events: unknown]>([
  ["nothing", undefined],
  ["null", null],
  ["an empty list", []],
  ["one name that is not a list", "message.received"],
  ["a Set", new Set(["message.received"])],
  ["an object", { 0: "message.received", length: 1 }],
])("%s as the events", (_what, events) => {
  it("is refused", () => {
    const error = refusalOf({ ...INPUT, events });
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({
      field: "events",
      expected: "an array of at least one event name",
    });
  });
});

it.each([
  ["message.recieved", "message.received"],
  ["messages.sent", "message.sent"],
  ["Message.Sent", "message.sent"],
  ["message.sent ", "message.sent"],
  ["reaction.recieved", "reaction.received"],
  ["typing_indicator.remove", "typing_indicator.removed"],
  ["participant.add", "participant.added"],
])("refuses the event %j and suggests %s", (event, suggestion) => {
  const error = refusalOf({ ...INPUT, events: ["message.received", event] });
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(error).toMatchObject({
    field: "events[1]",
    message: `\`events[1]\` must be a known event name; did you mean "${suggestion}"?`,
  });
});

it.each([
  undefined,
  null,
  42,
  true,
  {},
  ["message.sent"],
  Symbol("message.sent"),
  Object.create(null),
])("refuses an event that is not text, whether or not unknown events are allowed", (event) => {
  for (const allowUnknown of [false, true]) {
    const error = refusalOf({ ...INPUT, events: [event] }, allowUnknown);
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field: "events[0]" });
  }
});

it("refuses a hole in the list of events", () => {
  const events: string[] = [];
  events[1] = "message.sent";
  expect(refusalOf({ ...INPUT, events })).toMatchObject({ field: "events[0]" });
});

it("accepts unknown events if they are allowed, but not an empty one", () => {
  const events = ["message.edited", "message.sent"];
  expect(parseInput({ ...INPUT, events }, true).events).toEqual(events);
  expect(refusalOf({ ...INPUT, events: [""] }, true)).toMatchObject({ field: "events[0]" });
});

it("accepts every event of the specification", () => {
  expect(parseInput({ ...INPUT, events: EVENT_NAMES }, false).events).toEqual(EVENT_NAMES);
});

it("accepts events in any order, and removes repetitions", () => {
  const name = fc.constantFrom(...EVENT_NAMES);
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 30 }), (events) => {
      const parsed: readonly string[] = parseInput({ ...INPUT, events }, false).events;
      expect(new Set(parsed)).toEqual(new Set(events));
      expect(new Set(parsed).size).toBe(parsed.length);
    }),
  );
});

it.each([0, 1, "true", null, {}])("refuses %o as active", (active) => {
  const error = refusalOf({ ...INPUT, active });
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(error).toMatchObject({ field: "active", expected: "true or false" });
});

it.each([0, -2, 1.5, NaN, Infinity, "2", null, 2n])("refuses %o as the version", (version) => {
  const error = refusalOf({ ...INPUT, version });
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(error).toMatchObject({ field: "version" });
});

it.each([undefined, null, "https://example.com/hook", 42, true, [], () => INPUT])(
  "refuses %o as an input",
  (input) => {
    expect(refusalOf(input)).toBeInstanceOf(InvalidInputError);
    expect(refusalOf(input)).toMatchObject({ field: "input" });
    expect(thrownBy(() => parsePatch(input, false))).toMatchObject({ field: "patch" });
  },
);

it.each([
  ["webhookUrl", "webhook_url"],
  ["url", "webhook_url"],
  ["event", "events"],
  ["secrets", "secret"],
  ["isActive", "active"],
])("refuses the field %s and suggests %s", (field, suggestion) => {
  const error = refusalOf({ ...INPUT, [field]: "x" });
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(error).toMatchObject({
    field: `input.${field}`,
    message: `\`input.${field}\` must be left out; did you mean \`${suggestion}\`?`,
  });
});

it("does not repeat the value of an unknown field", () => {
  expect(String(refusalOf({ ...INPUT, secert: "hunter2" }))).not.toContain("hunter2");
});

it("fills in the defaults", () => {
  expect(parseInput(INPUT, false)).toEqual({ ...INPUT, active: true, version: 2 });
  expect(parseInput({ ...INPUT, active: undefined, version: undefined }, false)).toEqual({
    ...INPUT,
    active: true,
    version: 2,
  });
});

it("prefers given values to the defaults", () => {
  const input = { ...INPUT, active: false, version: 3, secret: "hunter2" };
  expect(parseInput(input, false)).toEqual(input);
});

it("accepts a frozen input and returns a copy of its events", () => {
  const input = Object.freeze({ ...INPUT, events: Object.freeze([...INPUT.events]) });
  const parsed = parseInput(input, false);
  expect(parsed.events).not.toBe(input.events);
  expect(parsePatch(input, false).events).not.toBe(input.events);
});

it("refuses to ensure an inactive subscription", () => {
  const error = thrownBy(() => parseEnsureInput({ ...INPUT, active: false }, false));
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(error).toMatchObject({ field: "active" });
});

it("accepts an input for ensure that is active or leaves `active` out", () => {
  const expected = { ...INPUT, active: true, version: 2 };
  expect(parseEnsureInput(INPUT, false)).toEqual(expected);
  expect(parseEnsureInput({ ...INPUT, active: true }, false)).toEqual(expected);
});

it.each([{}, { events: undefined }, { webhook_url: undefined, active: undefined }])(
  "refuses the patch %o, which changes nothing",
  (patch) => {
    const error = thrownBy(() => parsePatch(patch, false));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field: "patch" });
  },
);

it.each([
  { webhook_url: "https://example.com/other" },
  { events: ["message.sent"] },
  { active: false },
  { version: 3 },
  { secret: "hunter2" },
])("accepts the patch %o and fills in no defaults", (patch) => {
  expect(parsePatch(patch, false)).toEqual(patch);
});

it.each([
  [{ webhook_url: "/hook" }, "webhook_url"],
  [{ webhook_url: null }, "webhook_url"],
  [{ events: [] }, "events"],
  [{ events: ["nope"] }, "events[0]"],
  [{ active: 1 }, "active"],
  [{ version: 0 }, "version"],
  [{ id: 3 }, "patch.id"],
])("refuses the patch %o", (patch, field) => {
  expect(thrownBy(() => parsePatch(patch, false))).toMatchObject({ code: "invalid_input", field });
});

it("throws nothing but an InvalidInputError, whatever it is given", () => {
  const field = fc.constantFrom("webhook_url", "events", "secret", "active", "version");
  const value = fc.oneof(fc.anything(), fc.dictionary(field, fc.anything()));
  fc.assert(
    fc.property(value, fc.boolean(), (input, allowUnknown) => {
      for (const parse of [parseInput, parseEnsureInput, parsePatch]) {
        try {
          parse(input, allowUnknown);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInputError);
        }
      }
    }),
  );
});

it.each([0, -1, 1.5, NaN, Infinity, 2 ** 53, "1", "", "..", null, undefined, {}, [1], 1n, true])(
  "refuses %o as an id",
  (id) => {
    const error = thrownBy(() => parseId(id));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field: "id", expected: "a positive integer" });
  },
);

it.each([1, 42, 2 ** 53 - 1])("accepts %d as an id", (id) => {
  expect(parseId(id)).toBe(id);
});
