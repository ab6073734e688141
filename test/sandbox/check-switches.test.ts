import { describe, expect, test } from "vitest";
import { InvalidInputError } from "../../src/errors/invalid-input-error.js";
import { createSandbox, type SandboxSwitches } from "../../src/sandbox/index.js";

const BAD_SWITCHES: [switches: unknown, message: string][] = [
  ["x", "`switches` must be an object"],
  [[], "`switches` must be an object"],
  [null, "`switches` must be an object"],
  [{ pageSise: 2 }, "`switches.pageSise` must be left out; did you mean `pageSize`?"],
  [{ toString: 2 }, "`switches.toString` must be left out"],
  [{ putWithoutSecret: "drop" }, '`switches.putWithoutSecret` must be "keep" or "clear"'],
  [{ putWithoutActive: true }, '`switches.putWithoutActive` must be "keep" or "activate"'],
  [{ activeDefault: "true" }, "`switches.activeDefault` must be true or false"],
  [{ twinEventIds: 1 }, '`switches.twinEventIds` must be "same" or "different"'],
  [{ pageSize: 0 }, "`switches.pageSize` must be an integer of 1 or more"],
  [{ pageSize: 1.5 }, "`switches.pageSize` must be an integer of 1 or more"],
  [{ pageSize: null }, "`switches.pageSize` must be an integer of 1 or more"],
  [{ missingId: 404 }, '`switches.missingId` must be "404" or "204"'],
  [{ invalidInput: "ok" }, '`switches.invalidInput` must be "refuse" or "accept"'],
  [{ errorShape: "html" }, '`switches.errorShape` must be "flat" or "list"'],
  [{ unwrappedBody: false }, '`switches.unwrappedBody` must be "refuse" or "accept"'],
  [{ twins: 409 }, '`switches.twins` must be one of "accept", "409", "422"'],
  [{ listLag: Infinity }, "`switches.listLag` must be a number of ms of 0 or more"],
  [{ storedUrl: "/" }, "`switches.storedUrl` must be a function"],
  [{ storedEvents: [] }, "`switches.storedEvents` must be a function"],
  ...["later", {}, { afterRequests: -1 }, null].map((deletion): [unknown, string] => [
    { deletion },
    '`switches.deletion` must be "now", "soft" or { afterRequests: an integer of 0 or more }',
  ]),
  [{ bodySpelling: "ruby" }, "`switches.bodySpelling` must be one of"],
  [{ rateLimit: 0 }, "`switches.rateLimit` must be an integer of 1 or more"],
  [{ redelivery: -1 }, "`switches.redelivery` must be an integer of 0 or more"],
  [{ redelivery: Infinity }, "`switches.redelivery` must be an integer of 0 or more"],
  [{ retryAfter: "10" }, "`switches.retryAfter` must be an integer of 0 or more"],
];

describe("switches", () => {
  test.each(BAD_SWITCHES)("are refused: %j", (given, message) => {
    const switches = given as SandboxSwitches; // As a caller without types can.
    expect(() => createSandbox({ switches })).toThrow(InvalidInputError);
    expect(() => createSandbox({ switches })).toThrow(message);
  });

  test("that are undefined count as left out", async () => {
    const switches = { missingId: undefined, pageSize: undefined } as object; // As without types.
    const { fetch } = createSandbox({ switches });
    const response = await fetch("https://any.example/api/partner/v2/webhook_subscriptions/1", {
      method: "DELETE",
      headers: { "X-LINQ-INTEGRATION-TOKEN": "any" },
    });
    expect(response.status).toBe(404);
  });
});
