import { describe, expect, test } from "vitest";
import { createSandbox, type SandboxSwitches } from "../../src/sandbox/index.js";

const BAD_SWITCHES: [switches: unknown, message: string][] = [
  ["x", "`switches` must be an object"],
  [[], "`switches` must be an object"],
  [null, "`switches` must be an object"],
  [{ pageSise: 2 }, "There is no switch `pageSise`, only putWithoutSecret, putWithoutActive, "],
  [{ toString: 2 }, "There is no switch `toString`"],
  [{ putWithoutSecret: "drop" }, '`switches.putWithoutSecret` must be "keep" or "clear"'],
  [{ putWithoutActive: true }, '`switches.putWithoutActive` must be "keep" or "activate"'],
  [{ activeDefault: "true" }, "`switches.activeDefault` must be true or false"],
  [{ twinEventIds: 1 }, '`switches.twinEventIds` must be "same" or "different"'],
  [{ pageSize: 0 }, "`switches.pageSize` must be an integer from 1 up"],
  [{ pageSize: 1.5 }, "`switches.pageSize` must be an integer from 1 up"],
  [{ pageSize: null }, "`switches.pageSize` must be an integer from 1 up"],
  [{ missingId: 404 }, '`switches.missingId` must be "404" or "204"'],
  [{ invalidInput: "ok" }, '`switches.invalidInput` must be "refuse" or "accept"'],
  [{ errorShape: "html" }, '`switches.errorShape` must be "flat" or "list"'],
  [{ unwrappedBody: false }, '`switches.unwrappedBody` must be "refuse" or "accept"'],
  [{ redelivery: -1 }, "`switches.redelivery` must be an integer from 0 up"],
  [{ redelivery: Infinity }, "`switches.redelivery` must be an integer from 0 up"],
  [{ retryAfter: "10" }, "`switches.retryAfter` must be an integer from 0 up"],
];

describe("switches", () => {
  test.each(BAD_SWITCHES)("are refused: %j", (given, message) => {
    const switches = given as SandboxSwitches; // As a caller without types can.
    expect(() => createSandbox({ switches })).toThrow(TypeError);
    expect(() => createSandbox({ switches })).toThrow(message);
  });

  test("that are undefined are taken as left out", async () => {
    const switches = { missingId: undefined, pageSize: undefined } as object; // As without types.
    const { fetch } = createSandbox({ switches });
    const response = await fetch("https://any.example/api/partner/v2/webhook_subscriptions/1", {
      method: "DELETE",
      headers: { "X-LINQ-INTEGRATION-TOKEN": "any" },
    });
    expect(response.status).toBe(404);
  });
});
