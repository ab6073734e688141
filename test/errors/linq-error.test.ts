import { describe, expect, it } from "vitest";
import {
  CreateOutcomeUnknownError,
  DuplicateSubscriptionError,
  InvalidEventError,
  InvalidInputError,
  InvalidResponseError,
  InvalidSignatureError,
  LinqApiError,
  type AnyLinqError,
  LinqConnectionError,
  LinqError,
  LinqTimeoutError,
  SecretLostError,
  StalePlanError,
  SubscriptionNotFoundError,
  UnexpectedRedirectError,
} from "../../src/errors/index.js";
import { buildSubscription } from "../support/build-subscription.js";

const context = { method: "GET", path: "/subscriptions", attempts: [] };
const cause = new Error("the reason");

const apiError = (status: number, messages: string[] = []): LinqApiError =>
  new LinqApiError({ status, errorCode: undefined, messages, retryAfter: undefined }, context);

/** One error of each kind; a new kind must be added here. */
const ERRORS: { [Code in AnyLinqError["code"]]: Extract<AnyLinqError, { code: Code }> } = {
  api_error: apiError(422, ["webhook_url is taken"]),
  connection_error: new LinqConnectionError({ systemCode: "ECONNRESET" }, context, { cause }),
  timeout: new LinqTimeoutError("body", 1_000, context),
  unexpected_redirect: new UnexpectedRedirectError(308, context),
  invalid_response: new InvalidResponseError(
    {
      status: 200,
      contentType: "text/html",
      field: "webhook_subscriptions[2].id",
      expected: "a positive integer",
      preview: "<html>",
    },
    context,
    { cause },
  ),
  invalid_input: new InvalidInputError("events[1]", "a known event name", { cause }),
  not_found: new SubscriptionNotFoundError(42, { cause }),
  duplicate_subscription: new DuplicateSubscriptionError({
    existing: [buildSubscription({ id: 3 }), buildSubscription({ id: 5 })],
    sharedEvents: ["message.sent", "message.read"],
    advice: "nothing was created",
  }),
  create_outcome_unknown: new CreateOutcomeUnknownError(
    "https://example.com/hook",
    ["message.sent"],
    "the list cannot be had",
    { cause },
  ),
  secret_lost: new SecretLostError(42),
  stale_plan: new StalePlanError("0123456789abcdef", "fedcba9876543210"),
  invalid_signature: new InvalidSignatureError(
    "mismatch",
    "the body is not signed with the secret",
  ),
  invalid_event: new InvalidEventError("event_type", "a string"),
};

describe.each(Object.entries(ERRORS))("the error with the code %s", (code, error) => {
  it("has the code as an own property", () => {
    expect(Object.entries(error)).toContainEqual(["code", code]);
  });

  it("is a LinqError and an Error", () => {
    expect(error).toBeInstanceOf(LinqError);
    expect(error).toBeInstanceOf(Error);
  });

  it("has the name of its class", () => {
    expect(error.name).toBe(error.constructor.name);
    expect(String(error)).toBe(`${error.name}: ${error.message}`);
  });

  it("has a stack that begins with its name and message", () => {
    expect(error.stack?.startsWith(`${error.name}: ${error.message}\n`)).toBe(true);
  });

  it("has a message of one sentence, on one line, without a full stop", () => {
    expect(error.message).toMatch(/^[^\n]+[^\n.]$/);
    expect(error.message).not.toMatch(/undefined|\[object/);
  });
});

it.each([
  "connection_error",
  "invalid_response",
  "invalid_input",
  "not_found",
  "create_outcome_unknown",
] as const)("%s keeps its cause", (code) => {
  expect(ERRORS[code].cause).toBe(cause);
});

it("an error that was given no cause has no `cause` property", () => {
  expect("cause" in apiError(500)).toBe(false);
  expect("cause" in new InvalidInputError("id", "a positive integer")).toBe(false);
  expect("cause" in new SubscriptionNotFoundError(1)).toBe(false);
});

it("each error has its details as fields", () => {
  expect(ERRORS.api_error).toMatchObject({
    ...context,
    status: 422,
    errorCode: undefined,
    messages: ["webhook_url is taken"],
  });
  expect(ERRORS.connection_error).toMatchObject({ ...context, systemCode: "ECONNRESET" });
  expect(ERRORS.timeout).toMatchObject({ ...context, phase: "body", timeout: 1_000 });
  expect(ERRORS.unexpected_redirect).toMatchObject({ ...context, status: 308 });
  expect(ERRORS.invalid_response).toMatchObject({
    ...context,
    status: 200,
    contentType: "text/html",
    field: "webhook_subscriptions[2].id",
    expected: "a positive integer",
    preview: "<html>",
  });
  expect(ERRORS.invalid_input).toMatchObject({
    field: "events[1]",
    expected: "a known event name",
  });
  expect(ERRORS.not_found).toMatchObject({ id: 42 });
  expect(ERRORS.duplicate_subscription.existing.map(({ id }) => id)).toEqual([3, 5]);
  expect(ERRORS.duplicate_subscription.sharedEvents).toEqual(["message.sent", "message.read"]);
  expect(ERRORS.create_outcome_unknown).toMatchObject({
    webhookUrl: "https://example.com/hook",
    events: ["message.sent"],
  });
  expect(ERRORS.secret_lost).toMatchObject({ id: 42 });
  expect(ERRORS.stale_plan).toMatchObject({
    planned: "0123456789abcdef",
    found: "fedcba9876543210",
  });
});

it.each([
  [401, "check the token"],
  [404, "the path is wrong: check `baseUrl`"],
  [422, "check the input"],
  [429, "try again later"],
  [500, "try again later"],
  [503, "try again later"],
])("the message for a %d says what to do", (status, advice) => {
  expect(apiError(status).message).toContain(advice);
});

it("the message gives no advice if there is nothing to do", () => {
  expect(apiError(418).message).toBe("GET /subscriptions answered 418 without an explanation");
});

it("the message repeats what the API said", () => {
  expect(apiError(422, ["one", "two"]).message).toContain("answered 422: one; two");
});

it("the message says that the whole body is wrong if no field is named", () => {
  const error = new InvalidResponseError(
    { status: 200, contentType: undefined, field: "", expected: "JSON", preview: "" },
    context,
  );
  expect(error.message).toContain("the body must be JSON");
});

it("the message invents no status for a redirect that the browser hides", () => {
  const { message } = new UnexpectedRedirectError(0, context);
  expect(message).not.toContain("0");
});

it("errors can be told apart in a switch that covers every kind", () => {
  const headlines = Object.values(ERRORS).map(headline);
  expect(new Set(headlines).size).toBe(Object.keys(ERRORS).length);
});

/** Compiles only as long as every kind of error has its case, with the fields of that kind. */
function headline(error: AnyLinqError): string {
  switch (error.code) {
    case "api_error":
      return `status ${error.status}`;
    case "connection_error":
      return `no connection: ${error.systemCode ?? "unknown"}`;
    case "timeout":
      return `too slow: ${error.phase}`;
    case "unexpected_redirect":
      return `redirect ${error.status}`;
    case "invalid_response":
      return `odd answer: ${error.field}`;
    case "invalid_input":
      return `odd input: ${error.field}`;
    case "not_found":
      return `no ${error.id}`;
    case "duplicate_subscription":
      return `twice: ${error.sharedEvents.join()}`;
    case "create_outcome_unknown":
      return `in doubt: ${error.webhookUrl}`;
    case "secret_lost":
      return `unsigned: ${error.id}`;
    case "stale_plan":
      return `stale: ${error.found}`;
    case "invalid_signature":
      return `unsigned: ${error.reason}`;
    case "invalid_event":
      return `odd event: ${error.field}`;
    default:
      return assertNever(error);
  }
}

function assertNever(value: never): never {
  throw new Error(`unhandled: ${String(value)}`);
}
