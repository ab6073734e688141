import { describe, expect, test } from "vitest";
import { EVENT_NAMES } from "../../generated/constants.js";
import { InvalidInputError } from "../../src/errors/invalid-input-error.js";
import { createMemoryStore } from "../../src/receiver/memory-store.js";
import { parseReceiverOptions } from "../../src/receiver/parse-receiver-options.js";
import type { ReceiverOptions } from "../../src/receiver/receiver.js";
import { thrownBy } from "../support/rejection.js";
import { BAD_SECRETS } from "./bad-secrets.js";
import { SECRET } from "./delivery.js";

/** The error for options that a caller without types passes. */
const refusalOf = (options: unknown): unknown =>
  thrownBy(() => parseReceiverOptions(options as ReceiverOptions));

const ignore = (): undefined => undefined;

describe("parseReceiverOptions", () => {
  test("fills in the defaults", () => {
    expect(parseReceiverOptions({ secret: SECRET })).toMatchObject({
      trust: { allowUnsigned: false, hmacs: [expect.any(Function)] },
      on: {},
      namespace: "linq:v2",
      claimTtl: 300_000,
      maxAge: Infinity,
      maxBodyBytes: 1_048_576,
      ackTimeout: 8_000,
      onUnknownEvent: undefined,
      dedupeKey: undefined,
    });
  });

  test("accepts every option, and changes none", () => {
    const options: ReceiverOptions = Object.freeze({
      secret: Object.freeze([SECRET, "the new secret"]),
      allowUnsigned: true,
      on: Object.freeze(Object.fromEntries(EVENT_NAMES.map((name) => [name, ignore]))),
      onUnknownEvent: ignore,
      onError: ignore,
      onRefused: ignore,
      store: createMemoryStore(),
      namespace: "",
      claimTtl: 1,
      dedupeKey: ignore,
      maxAge: 1,
      maxBodyBytes: 1,
      ackTimeout: Infinity,
    });
    expect(parseReceiverOptions(options).trust.hmacs).toHaveLength(2);
  });

  test.each(BAD_SECRETS)("refuses %s as a secret", (_name, secret) => {
    for (const rest of [{}, { allowUnsigned: true }]) {
      expect(refusalOf({ ...rest, secret })).toBeInstanceOf(InvalidInputError);
    }
  });

  test.each([{}, { on: {} }, { allowUnsigned: false }])(
    "refuses options without a secret: %j",
    (options) => {
      expect(refusalOf(options)).toMatchObject({ code: "invalid_input", field: "secret" });
    },
  );

  test.each<[name: string, options: unknown, field: string]>([
    ["nothing", undefined, "options"],
    ["null", null, "options"],
    ["the secret alone", SECRET, "options"],
    ["a list", [SECRET], "options"],
    ["an unknown option", { secrets: [SECRET] }, "options.secrets"],
    ["an option in another spelling", { secret: SECRET, ackTimeoutMs: 1 }, "options.ackTimeoutMs"],
    ["a waiver that is not a flag", { secret: SECRET, allowUnsigned: "yes" }, "allowUnsigned"],
    ["handlers that are not an object", { secret: SECRET, on: ignore }, "on"],
    ["handlers that are null", { secret: SECRET, on: null }, "on"],
    ["a handler of no event", { secret: SECRET, on: { "mesage.read": ignore } }, "on.mesage.read"],
    [
      "a handler of `constructor`",
      { secret: SECRET, on: { constructor: ignore } },
      "on.constructor",
    ],
    [
      "a handler that is not a function",
      { secret: SECRET, on: { "message.read": {} } },
      'on["message.read"]',
    ],
    [
      "a handler that is null",
      { secret: SECRET, on: { "message.read": null } },
      'on["message.read"]',
    ],
    ["onUnknownEvent", { secret: SECRET, onUnknownEvent: {} }, "onUnknownEvent"],
    ["onError", { secret: SECRET, onError: "log" }, "onError"],
    ["onRefused", { secret: SECRET, onRefused: null }, "onRefused"],
    ["dedupeKey", { secret: SECRET, dedupeKey: "id" }, "dedupeKey"],
    ["a store that is null", { secret: SECRET, store: null }, "store"],
    ["a store that is a text", { secret: SECRET, store: "redis" }, "store"],
    ["a store that is a Map", { secret: SECRET, store: new Map() }, "store"],
    ["half a store", { secret: SECRET, store: { claim: ignore, complete: ignore } }, "store"],
    [
      "a store of no functions",
      { secret: SECRET, store: { claim: 1, complete: 1, release: 1 } },
      "store",
    ],
    ["a namespace that is not text", { secret: SECRET, namespace: {} }, "namespace"],
  ])("refuses %s", (_name, options, field) => {
    expect(refusalOf(options)).toMatchObject({ code: "invalid_input", field });
  });

  test.each(["claimTtl", "maxAge", "maxBodyBytes", "ackTimeout"])("refuses a wrong %s", (name) => {
    for (const value of [0, -1, NaN, -Infinity, "8000", null, 1n, {}]) {
      const error = refusalOf({ secret: SECRET, [name]: value });
      expect(error).toMatchObject({ code: "invalid_input", field: name });
    }
    expect(() => parseReceiverOptions({ secret: SECRET, [name]: Infinity })).not.toThrow();
  });

  test("refuses an `ackTimeout` that is too long for a timer", () => {
    const error = refusalOf({ secret: SECRET, ackTimeout: 2_147_483_648 });
    expect(error).toMatchObject({ field: "ackTimeout" });
    expect(() => parseReceiverOptions({ secret: SECRET, ackTimeout: 2_147_483_647 })).not.toThrow();
  });

  test("suggests the name that was meant", () => {
    expect(String(refusalOf({ secret: SECRET, on: { "message.recieved": ignore } }))).toContain(
      "did you mean `message.received`?",
    );
    expect(String(refusalOf({ secret: SECRET, onUnkownEvent: ignore }))).toContain(
      "did you mean `onUnknownEvent`?",
    );
  });
});
