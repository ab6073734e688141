import { describe, expect, test } from "vitest";
import { EVENT_NAMES } from "../../../generated/constants.js";
import { createSandbox } from "../../../src/sandbox/index.js";
import { buildInput, buildRequest } from "../call-api.js";
import { expectRefusal, HEADERS, type RefusalCase } from "../expect-refusal.js";

const create =
  (body: unknown, headers = {}) =>
  (): Request =>
    buildRequest("createWebhookSubscription", { body, headers: { ...HEADERS, ...headers } });
const update =
  (id: string, over = {}) =>
  (): Request =>
    buildRequest("updateWebhookSubscription", { id, body: buildInput(over), headers: HEADERS });
const remove = (id: string) => (): Request =>
  buildRequest("deleteWebhookSubscription", { id, headers: HEADERS });

const NO_INTEGER = ["path.webhook_subscription_id must be an integer"];
const NO_SUBSCRIPTION = ["Webhook subscription 7 does not exist"];
const NO_JSON = ["The body is not valid JSON"];
const NO_URL = ["webhook_subscription.webhook_url must be an absolute http or https URL"];

const IDS: RefusalCase[] = [
  ["an update of a missing one", update("7"), 404, NO_SUBSCRIPTION],
  ["a deletion of a missing one", remove("7"), 404, NO_SUBSCRIPTION],
  ["no number", remove("abc"), 404, NO_INTEGER],
  ["no integer", update("1.5"), 404, NO_INTEGER],
  ["a lone percent sign", remove("%zz"), 404, NO_INTEGER],
];

const BODIES: RefusalCase[] = [
  [
    "of another type",
    create("webhook_url=x", { "content-type": "text/plain" }),
    415,
    ["The body must be sent as content-type: application/json"],
  ],
  ["that is missing", create(undefined), 400, NO_JSON],
  ["that is broken off", create('{"webhook_subscription": {'), 400, NO_JSON],
  ["that is not an object", create([]), 422, ["the body must be an object"]],
  [
    "that is not wrapped",
    create(buildInput().webhook_subscription),
    422,
    ["webhook_subscription is required"],
  ],
  [
    "without any field",
    create({ webhook_subscription: {} }),
    422,
    ["webhook_url", "events", "version"].map(
      (field) => `webhook_subscription.${field} is required`,
    ),
  ],
  [
    "with fields of wrong types",
    create(buildInput({ version: "2", active: 1, secret: null })),
    422,
    ["version must be an integer", "secret must be a string", "active must be a boolean"].map(
      (reason) => `webhook_subscription.${reason}`,
    ),
  ],
  [
    "with an unknown event",
    create(buildInput({ events: ["message.read", "nope"] })),
    422,
    [`webhook_subscription.events[1] must be one of ${EVENT_NAMES.join(", ")}`],
  ],
  ["that updates to a bad URL", update("1", { webhook_url: "x" }), 422, NO_URL],
];

describe("an id", () => {
  test.each(IDS)("is refused: %s", async (_name, request, status, errors) => {
    await expectRefusal(request(), status, errors);
  });
});

describe("a body", () => {
  test.each(BODIES)("is refused: one %s", async (_name, request, status, errors) => {
    await expectRefusal(request(), status, errors);
  });

  test.each(["/hook", "example.com/hook", "", "ftp://example.com", "javascript:alert(1)"])(
    "is refused: one with the webhook URL %j",
    async (webhook_url) => {
      await expectRefusal(create(buildInput({ webhook_url }))(), 422, NO_URL);
    },
  );

  test("is accepted with parameters after its content type, whatever its case", async () => {
    const headers = { "content-type": "Application/JSON; charset=utf-8" };
    const response = await createSandbox().fetch(create(buildInput(), headers)());
    expect(response.status).toBe(201);
  });
});
