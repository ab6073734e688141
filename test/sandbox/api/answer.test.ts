import { describe, expect, test } from "vitest";
import { createSandbox, type Fault, type SandboxSwitches } from "../../../src/sandbox/index.js";
import { buildRequest, HOOK } from "../call-api.js";
import { ask } from "../find-objections.js";

type Switches = Partial<SandboxSwitches>;

describe("the body of an error", () => {
  const FLAT = {
    status: "error",
    error_code: "not_found",
    message: "Webhook subscription 1 does not exist",
    errors: ["Webhook subscription 1 does not exist"],
  };
  const detail = "Webhook subscription 1 does not exist";
  const LIST = { errors: [{ status: 404, code: "not_found", title: "Not Found", detail }] };

  test.each<[Switches, object]>([
    [{}, FLAT],
    [{ errorShape: "flat" }, FLAT],
    [{ errorShape: "list" }, LIST],
  ])("under %j", async (switches, body) => {
    const sandbox = createSandbox({ switches });
    expect(await ask(sandbox, "deleteWebhookSubscription")).toEqual({ status: 404, body });
  });

  test("has an entry for each reason in a list", async () => {
    const sandbox = createSandbox({ switches: { errorShape: "list" } });
    const body = { webhook_subscription: { webhook_url: HOOK } };
    expect((await ask(sandbox, "createWebhookSubscription", { body })).body).toEqual({
      errors: ["events", "version"].map((field) => ({
        status: 422,
        code: "unprocessable_entity",
        title: "Unprocessable Entity",
        detail: `webhook_subscription.${field} is required`,
      })),
    });
  });

  test.each([400, 403, 408, 409, 418, 429, 500, 503, 504, 599])(
    "has the same shape for a fault with %i",
    async (status) => {
      for (const errorShape of ["flat", "list"] as const) {
        const faults: Fault[] = [{ kind: "status", status }];
        const sandbox = createSandbox({ switches: { errorShape }, faults });
        const answer = await ask(sandbox, "listWebhookSubscriptions");
        expect(answer.status).toBe(status);
        expect(answer.body).toHaveProperty(errorShape === "flat" ? "message" : ["errors", 0]);
      }
    },
  );
});

describe("a 429", () => {
  test.each<[Switches, retryAfter: number | undefined, header: string | null]>([
    [{}, undefined, null],
    [{ retryAfter: 7 }, undefined, "7"],
    [{ retryAfter: 7 }, 3, "3"],
    [{ retryAfter: 0 }, undefined, "0"],
  ])("under %j and with a fault's %s", async (switches, retryAfter, header) => {
    const faults: Fault[] = [429, 503].map((status) => ({ kind: "status", status, retryAfter }));
    const { fetch } = createSandbox({ switches, faults });
    const limited = await fetch(buildRequest("listWebhookSubscriptions"));
    expect(limited.status).toBe(429);
    expect(limited.headers.get("retry-after")).toBe(header);
    const busy = await fetch(buildRequest("listWebhookSubscriptions"));
    expect(busy.status).toBe(503);
    expect(busy.headers.get("retry-after")).toBe(retryAfter === undefined ? null : header);
  });
});
