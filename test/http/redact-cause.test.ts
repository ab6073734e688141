import { describe, expect, it } from "vitest";
import { createRedact } from "../../src/checks/redact.js";
import { redactCause } from "../../src/http/redact-cause.js";
import { visibleText } from "../support/visible-text.js";

const TOKEN = "sentinel-token";
const redact = createRedact([TOKEN]);

const failed = (over: object): Error => Object.assign(new Error("fetch failed"), over);

const circle = (): Error => {
  const error: Error = new Error("outer", { cause: new Error(TOKEN) });
  (error.cause as Error).cause = error;
  return error;
};

class ConfiguredError extends Error {
  override readonly name = "ConfiguredError";
  readonly config = { headers: new Headers({ "x-token": TOKEN }) };
}

const UNCLEAN: [where: string, error: unknown][] = [
  ["in the message", new Error(`bad header ${TOKEN}`)],
  ["in the name", failed({ name: TOKEN })],
  ["in the stack", failed({ stack: `Error: x\n at ${TOKEN}` })],
  ["in the code", failed({ code: `ERR_${TOKEN}` })],
  ["in a cause", new Error("outer", { cause: new Error("inner", { cause: new Error(TOKEN) }) })],
  ["in a cause that is text", new Error("outer", { cause: TOKEN })],
  ["in a circle of causes", circle()],
  ["in one error of many", new AggregateError([new Error("one"), new Error(TOKEN)])],
  ["in a field", failed({ token: TOKEN })],
  ["in a field of a field", failed({ request: { headers: { "x-token": TOKEN } } })],
  ["in a list", failed({ headers: [["x-token", TOKEN]] })],
  ["in the name of a field", failed({ [TOKEN]: 1 })],
  ["in a field with a symbol for a name", failed({ [Symbol("headers")]: TOKEN })],
  ["in the description of a symbol", failed({ [Symbol(TOKEN)]: 1 })],
  ["in a hidden field", Object.defineProperty(failed({}), "token", { value: TOKEN })],
  [
    "behind a getter",
    Object.defineProperty(failed({}), "token", { get: () => TOKEN, enumerable: true }),
  ],
  ["in Headers", failed({ headers: new Headers({ "x-token": TOKEN }) })],
  ["in a Map", failed({ headers: new Map([["x-token", TOKEN]]) })],
  ["in a URL object", failed({ url: new URL(`https://example.com/?key=${TOKEN}`) })],
  ["in bytes", failed({ body: Buffer.from(TOKEN) })],
  ["in an object of somebody's class", failed({ request: new ConfiguredError() })],
  ["in an error of somebody's class", new ConfiguredError("failed")],
  ["in text that was thrown", `failed with ${TOKEN}`],
  ["in an object that was thrown", { message: TOKEN }],
  ["deeper than anybody looks", failed({ a: { b: { c: { d: { e: { f: { g: TOKEN } } } } } } })],
];

describe.each(UNCLEAN)("a value %s", (_where, error) => {
  it("is not visible in the copy", () => {
    expect(visibleText(redactCause(error, redact))).not.toContain(TOKEN);
  });
});

it("keeps the name, message, code and causes of an error that it redacts", () => {
  const cause = redactCause(
    new TypeError(`with ${TOKEN}`, {
      cause: Object.assign(new Error("inner"), { code: "ECONNRESET" }),
    }),
    redact,
  );
  expect(cause).toBeInstanceOf(Error);
  expect(cause).toMatchObject({
    name: "TypeError",
    message: "with [REDACTED]",
    cause: { message: "inner", code: "ECONNRESET" },
  });
});

it("keeps the stack of an error that it redacts, without the value", () => {
  const error = new Error(`with ${TOKEN}`);
  const copy = redactCause(error, redact) as Error;
  expect(copy.stack).toBe(error.stack?.replaceAll(TOKEN, "[REDACTED]"));
});

it("returns the same error where there is nothing to hide", () => {
  const inner = Object.assign(new Error("inner"), { code: "ECONNREFUSED", errno: -111 });
  const error = new TypeError("fetch failed", { cause: inner });
  expect(redactCause(error, redact)).toBe(error);
});

it("returns the same error where its causes are circular", () => {
  const error = new Error("outer");
  error.cause = error;
  expect(redactCause(error, redact)).toBe(error);
});

it("returns a DOMException unchanged", () => {
  const error = new DOMException("The operation was aborted", "AbortError");
  expect(redactCause(error, redact)).toBe(error);
});

it.each([undefined, null, 0, "offline"])(
  "returns %o unchanged, although nobody should throw it",
  (error) => {
    expect(redactCause(error, redact)).toBe(error);
  },
);

it("redacts an error whose fields have the wrong types", () => {
  const error = failed({ name: 5, message: {}, stack: null, code: {}, token: TOKEN });
  expect(visibleText(redactCause(error, redact))).not.toContain(TOKEN);
});
