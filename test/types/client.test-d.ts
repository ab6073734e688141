import { describe, expectTypeOf, it } from "vitest";
import {
  createLinqClient,
  type EVENT_NAMES,
  type EnsureResult,
  type EventName,
  isLinqError,
  type AnyLinqError,
  type paths,
  type RotateSecretInput,
  type WebhookSubscription,
} from "linq-webhooks";

const linq = createLinqClient({ token: "any-token" });
const webhook_url = "https://example.com/hook";

describe("inputs", () => {
  it("take the names of the specification", () => {
    expectTypeOf(linq.webhookSubscriptions.ensure)
      .parameter(0)
      .toHaveProperty("events")
      .toEqualTypeOf<readonly EventName[]>();
    expectTypeOf<"message.received">().toExtend<EventName>();
    expectTypeOf<(typeof EVENT_NAMES)[number]>().toEqualTypeOf<EventName>();
  });

  it("refuse a wrong name, a missing field and a mistyped one", () => {
    const { ensure, update } = linq.webhookSubscriptions;
    // @ts-expect-error "mesage.received" is not an event.
    void ensure({ webhook_url, events: ["mesage.received"] });
    // @ts-expect-error `events` is missing.
    void ensure({ webhook_url });
    // @ts-expect-error It is `webhook_url`, as the API spells it.
    void ensure({ webhookUrl: webhook_url, events: ["message.received"] });
    // @ts-expect-error Ids are numbers.
    void update("1", { active: false });
    // @ts-expect-error A variable that may not be set is not a secret.
    void ensure({ webhook_url, events: ["message.received"], secret: process.env["SECRET"] });
  });

  it("take the URL and the new secret, and nothing else, to rotate it", () => {
    const { rotateSecret } = linq.webhookSubscriptions;
    expectTypeOf(rotateSecret).parameter(0).toEqualTypeOf<RotateSecretInput>();
    expectTypeOf(rotateSecret).returns.resolves.toEqualTypeOf<EnsureResult>();
    void rotateSecret({ webhook_url, secret: "the new secret" });
    // @ts-expect-error `secret` is missing.
    void rotateSecret({ webhook_url });
    // @ts-expect-error A variable that may not be set is not a secret.
    void rotateSecret({ webhook_url, secret: process.env["SECRET"] });
    // @ts-expect-error Events stay as they are.
    void rotateSecret({ webhook_url, secret: "the new secret", events: ["message.received"] });
  });

  it("take any name with `allowUnknownEvents`, and still complete the known ones", () => {
    const open = createLinqClient({ token: "any-token", allowUnknownEvents: true });
    void open.webhookSubscriptions.ensure({ webhook_url, events: ["message.edited"] });
    expectTypeOf(open.webhookSubscriptions.ensure)
      .parameter(0)
      .toHaveProperty("events")
      .toEqualTypeOf<readonly (EventName | (string & {}))[]>();
  });
});

describe("answers", () => {
  it("have the five certain fields, and open event names", () => {
    type Certain = Pick<
      WebhookSubscription,
      "id" | "webhook_url" | "version" | "events" | "active"
    >;
    expectTypeOf<Certain>().toEqualTypeOf<{
      id: number;
      webhook_url: string;
      version: number;
      events: string[];
      active: boolean;
    }>();
    expectTypeOf<WebhookSubscription["last_delivered_at"]>().toEqualTypeOf<
      string | null | undefined
    >();
  });
});

describe("errors", () => {
  it("are told apart by `code`, all of them", () => {
    const tell = (error: AnyLinqError): string | number | readonly string[] => {
      switch (error.code) {
        case "api_error":
        case "unexpected_redirect":
          return error.status;
        case "connection_error":
          return error.systemCode ?? "";
        case "timeout":
          return error.phase;
        case "invalid_response":
        case "invalid_input":
          return error.field;
        case "not_found":
          return error.id ?? error.webhookUrl ?? "";
        case "secret_lost":
          return error.id;
        case "duplicate_subscription":
          return error.sharedEvents;
        case "create_outcome_unknown":
          return error.events;
        case "stale_plan":
          return error.found;
        case "invalid_signature":
          return error.reason;
        case "invalid_event":
          return error.expected;
      }
    };
    expectTypeOf(tell).returns.not.toBeUndefined();
    expectTypeOf(isLinqError).guards.toEqualTypeOf<AnyLinqError>();
  });
});

describe("linq.api", () => {
  it("is typed by the paths of the specification", async () => {
    const { data } = await linq.api.GET("/api/partner/v2/webhook_subscriptions");
    expectTypeOf(data?.webhook_subscriptions).toEqualTypeOf<WebhookSubscription[] | undefined>();
    expectTypeOf<
      | "/api/partner/v2/webhook_subscriptions"
      | "/api/partner/v2/webhook_subscriptions/{webhook_subscription_id}"
    >().toExtend<keyof paths>();
    // @ts-expect-error There is no such path.
    void linq.api.GET("/api/partner/v2/webhook_subscription");
    // @ts-expect-error The list takes no body.
    void linq.api.GET("/api/partner/v2/webhook_subscriptions", { body: {} });
  });
});
