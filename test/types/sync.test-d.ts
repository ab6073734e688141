import { describe, expectTypeOf, it } from "vitest";
import { createLinqClient, type EventName, type WebhookSubscription } from "linq-webhooks";
import {
  applySync,
  type DesiredSubscription,
  planSync,
  type SyncPlan,
  type ApplyResult,
  type SyncStep,
} from "linq-webhooks/sync";

const linq = createLinqClient({ token: "any-token" });
const webhook_url = "https://example.com/hook";
const actual: WebhookSubscription[] = [];

describe("planSync", () => {
  it("takes what `list` gives, at once", () => {
    expectTypeOf(planSync([], actual)).toEqualTypeOf<SyncPlan>();
    expectTypeOf<DesiredSubscription["events"]>().toEqualTypeOf<readonly EventName[]>();
  });

  it("refuses a wrong name, a mistyped field and an unset variable", () => {
    // @ts-expect-error "mesage.received" is not an event.
    planSync([{ webhook_url, events: ["mesage.received"] }], actual);
    // @ts-expect-error `events` is missing.
    planSync([{ webhook_url }], actual);
    // @ts-expect-error It is `replaces`.
    planSync([{ webhook_url, events: ["message.sent"], replace: [] }], actual);
    const secret = process.env["SECRET"];
    // @ts-expect-error A variable that may not be set is not a secret.
    planSync([{ webhook_url, events: ["message.sent"], secret }], actual);
    // @ts-expect-error It is `prune`.
    planSync([], actual, { pruned: true });
  });

  it("takes any name with `allowUnknownEvents`", () => {
    planSync([{ webhook_url, events: ["message.edited"] }], actual, { allowUnknownEvents: true });
  });
});

describe("steps", () => {
  it("are told apart by `action`", () => {
    const tell = (step: SyncStep): string | number => {
      switch (step.action) {
        case "create":
          return String(step.writesSecret);
        case "update":
          return step.changes.map((change) => (change.field === "secret" ? "" : change.to)).length;
        case "delete":
        case "keep":
          return step.current.id;
      }
    };
    expectTypeOf(tell).returns.not.toBeUndefined();
  });

  it("have no place for a secret", () => {
    expectTypeOf<Extract<SyncStep, { action: "create" }>["input"]>().not.toHaveProperty("secret");
  });
});

describe("applySync", () => {
  it("takes any client, a plan and its options", () => {
    const open = createLinqClient({ token: "any-token", allowUnknownEvents: true });
    expectTypeOf(applySync(open, planSync([], actual))).resolves.toEqualTypeOf<ApplyResult>();
    void applySync(linq, planSync([], actual), {
      concurrency: 2,
      signal: AbortSignal.timeout(1_000),
      onProgress: ({ step, completed, total }) => {
        console.log(step.action, completed / total);
      },
    });
    // @ts-expect-error The desired subscriptions are not a plan.
    void applySync(linq, []);
  });

  it("says what was not done with its reason", () => {
    expectTypeOf<ApplyResult["failed"][number]["error"]>().toBeUnknown();
    expectTypeOf<ApplyResult["pending"][number]["action"]>().toEqualTypeOf<
      "create" | "update" | "delete"
    >();
  });
});
