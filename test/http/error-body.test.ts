import fc from "fast-check";
import { expect, it } from "vitest";
import { readErrorBody } from "../../src/http/error-body.js";
import { createRedact } from "../../src/checks/redact.js";

const asIs = (text: string): string => text;

it.each<[what: string, body: unknown, errorCode: string | undefined, messages: string[]]>([
  ["nothing", undefined, undefined, []],
  ["an empty string", "", undefined, []],
  ["null", null, undefined, []],
  ["a number", 500, undefined, []],
  ["true", true, undefined, []],
  ["an empty object", {}, undefined, []],
  ["an empty list", [], undefined, []],
  [
    "one error with its details",
    {
      status: "error",
      error_code: "invalid_url",
      message: "Webhook url is invalid",
      errors: ["Webhook url must be absolute", "Events can't be blank"],
    },
    "invalid_url",
    ["Webhook url is invalid", "Webhook url must be absolute", "Events can't be blank"],
  ],
  [
    "one error without details",
    { status: "error", error_code: "unauthorized", message: "Invalid token" },
    "unauthorized",
    ["Invalid token"],
  ],
  [
    "a detail that repeats the message",
    { error_code: "x", message: "Invalid", errors: ["Invalid"] },
    "x",
    ["Invalid"],
  ],
  [
    "a list of errors",
    {
      errors: [
        { status: 404, code: "not_found", title: "Not Found", detail: "No such subscription" },
        { status: 404, code: "other", title: "Other" },
      ],
    },
    "not_found",
    ["Not Found: No such subscription", "Other"],
  ],
  ["a code that is a number", { errors: [{ code: 1004, detail: "Nope" }] }, "1004", ["Nope"]],
  ["a detail without a title", { errors: [{ detail: "Nope" }] }, undefined, ["Nope"]],
  ["errors that are one text", { errors: "Nope" }, undefined, ["Nope"]],
  ["an error under `error`", { error: { code: "x", message: "Nope" } }, "x", ["Nope"]],
  ["a text under `error`", { error: "Nope" }, undefined, ["Nope"]],
  ["fields of the wrong types", { message: 5, error_code: {}, errors: [7, null] }, undefined, []],
  ["plain text", "Rate limit exceeded.\n", undefined, ["Rate limit exceeded."]],
  [
    "a page with a title",
    "<!doctype html><html><head><title>\n 502 Bad  Gateway </title></head><body>nginx</body></html>",
    undefined,
    ["502 Bad Gateway"],
  ],
  ["a page without a title", "<h1>Down</h1><p>Come back</p>", undefined, ["Down Come back"]],
  ["a page that breaks off in a tag", "<h1>Down</h1><p cla", undefined, ["Down"]],
  ["JSON that breaks off", '{"message": "No', undefined, ['{"message": "No']],
])("reads %s", (_what, body, errorCode, messages) => {
  expect(readErrorBody(body, asIs)).toEqual({ errorCode, messages });
});

it("truncates long messages", () => {
  const { messages } = readErrorBody({ message: "x".repeat(10_000) }, asIs);
  expect(messages).toEqual(["x".repeat(200)]);
});

it("returns at most ten messages", () => {
  const errors = Array.from({ length: 10_000 }, (_, index) => `error ${index}`);
  const { messages } = readErrorBody({ errors }, asIs);
  expect(messages).toEqual(errors.slice(0, 10));
});

it("hides a value in messages and code", () => {
  const redact = createRedact(["sentinel"]);
  expect(readErrorBody({ error_code: "bad_sentinel", message: "sentinel is bad" }, redact)).toEqual(
    { errorCode: "bad_[REDACTED]", messages: ["[REDACTED] is bad"] },
  );
});

it("hides a value that only appears once the page has become text", () => {
  const { messages } = readErrorBody("<p>sen\n<b></b>  tinel</p>", createRedact(["sen tinel"]));
  expect(messages).toEqual(["[REDACTED]"]);
});

it("hides a value that truncation would split", () => {
  const { messages } = readErrorBody("x".repeat(195) + "sentinel", createRedact(["sentinel"]));
  expect(messages.join()).not.toContain("sent");
});

it("reads any JSON into short, non-empty messages", () => {
  const field = fc.constantFrom("error", "errors", "message", "title", "code", "error_code", "x");
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue(),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(field, tie("value"), { maxKeys: 5 }),
    ),
  })).value;
  fc.assert(
    fc.property(value, (body) => {
      const { errorCode, messages } = readErrorBody(body, asIs);
      expect(["string", "undefined"]).toContain(typeof errorCode);
      expect(messages.every((message) => message !== "" && message.length <= 200)).toBe(true);
    }),
  );
});
