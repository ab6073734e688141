import { vendorRow } from "../row.js";

const LIST = "/api/partner/v2/webhook_subscriptions";
const ONE = `${LIST}/{webhook_subscription_id}`;
const ANSWERS = `  (GET ${LIST} 200, POST ${LIST} 201, PUT ${ONE} 200)`;
const WRITES = `  (POST ${LIST}, PUT ${ONE})`;
const ALL = `  (DELETE ${ONE}, GET ${LIST}, POST ${LIST} and 1 more)`;

export const vendorPage = [
  vendorRow(
    "an event more",
    (page) => page.replaceAll('"message.read",', '"message.read","location.shared",'),
    [
      "request-property-enum-value-added",
      `compatible  added    WebhookSubscriptionInput.events[]: value "location.shared"${WRITES}`,
    ],
  ),
  vendorRow("an event less", (page) => page.replaceAll('"message.read",', ""), [
    "request-property-enum-value-removed",
    `breaking    removed  WebhookSubscriptionInput.events[]: value "message.read"${WRITES}`,
  ]),
  vendorRow(
    "ids as strings",
    (page) => page.replaceAll('{"id":{"type":"integer"}', '{"id":{"type":"string"}'),
    [
      "response-property-type-changed",
      `breaking    changed  WebhookSubscription.id: was integer, is now string${ANSWERS}`,
    ],
  ),
  vendorRow(
    "a field less in answers",
    (page) => page.replaceAll(/"delivery_attempts":\{[^}]*\},/g, ""),
    [
      "response-optional-property-removed",
      `breaking    removed  WebhookSubscription.delivery_attempts${ANSWERS}`,
    ],
  ),
  vendorRow(
    "a field more in answers",
    (page) => page.replaceAll('"created_at":', '"region":{"type":"string"},"created_at":'),
    [
      "response-optional-property-added",
      `compatible  added    WebhookSubscription.region${ANSWERS}`,
    ],
  ),
  vendorRow(
    "a field more that must be sent",
    (page) =>
      page
        .replaceAll('["webhook_url",', '["region","webhook_url",')
        .replaceAll('"secret":{', '"region":{"type":"string"},"secret":{'),
    [
      "new-required-request-property",
      `breaking    added    WebhookSubscriptionInput.region: required${WRITES}`,
    ],
  ),
  vendorRow(
    "a field more that may be sent",
    (page) => page.replaceAll('"secret":{', '"region":{"type":"string"},"secret":{'),
    [
      "new-optional-request-property",
      `compatible  added    WebhookSubscriptionInput.region: optional${WRITES}`,
    ],
  ),
  vendorRow(
    "the version left out at will",
    (page) => page.replaceAll('"events","version"]', '"events"]'),
    [
      "request-property-became-optional",
      `compatible  changed  WebhookSubscriptionInput.version: now optional${WRITES}`,
    ],
  ),
  vendorRow(
    "a secret that must be sent",
    (page) => page.replaceAll('"events","version"]', '"events","secret","version"]'),
    [
      "request-property-became-required",
      `breaking    changed  WebhookSubscriptionInput.secret: now required${WRITES}`,
    ],
  ),
  vendorRow(
    "secrets of sixteen characters",
    (page) =>
      page.replaceAll('"secret":{"type":"string",', '"secret":{"type":"string","minLength":16,'),
    [
      "request-property-min-length-set",
      `breaking    changed  WebhookSubscriptionInput.secret: now minLength 16${WRITES}`,
    ],
  ),
  vendorRow(
    "one event at least",
    (page) =>
      page.replaceAll(
        '"events":{"type":"array","items":{"type":"string","enum"',
        '"events":{"type":"array","minItems":1,"items":{"type":"string","enum"',
      ),
    [
      "request-property-min-items-set",
      `breaking    changed  WebhookSubscriptionInput.events: now minItems 1${WRITES}`,
    ],
  ),
  vendorRow(
    "answers that list their events",
    (page) =>
      page.replaceAll(
        '"events":{"type":"array","items":{"type":"string"}}',
        '"events":{"type":"array","items":{"type":"string","enum":["message.sent"]}}',
      ),
    [
      "response-property-became-enum",
      `compatible  changed  WebhookSubscription.events[]: now only "message.sent"${ANSWERS}`,
    ],
  ),
  vendorRow(
    "a URL in answers",
    (page) =>
      page.replaceAll(
        '"id":{"type":"integer"},"webhook_url":{"type":"string"}',
        '"id":{"type":"integer"},"webhook_url":{"type":"string","format":"uri"}',
      ),
    [
      "response-property-format-added",
      `compatible  changed  WebhookSubscription.webhook_url: now format uri${ANSWERS}`,
    ],
  ),
  vendorRow(
    "a last delivery that is never null",
    (page) => page.replaceAll('"format":"date-time","nullable":true', '"format":"date-time"'),
    [
      "response-property-became-not-nullable",
      `compatible  changed  WebhookSubscription.last_delivered_at: may no longer be null${ANSWERS}`,
    ],
  ),
  vendorRow(
    "dates that may be null",
    (page) =>
      page.replaceAll(
        '"created_at":{"type":"string",',
        '"created_at":{"type":"string","nullable":true,',
      ),
    [
      "response-property-became-nullable",
      `breaking    changed  WebhookSubscription.created_at: may now be null${ANSWERS}`,
    ],
  ),
  vendorRow(
    "active unless told otherwise",
    (page) =>
      page.replaceAll(
        '"active":{"type":"boolean","description"',
        '"active":{"type":"boolean","default":true,"description"',
      ),
    [
      "request-property-default-value-added",
      `compatible  changed  WebhookSubscriptionInput.active: now default true${WRITES}`,
    ],
  ),
  vendorRow(
    "a wrapper of another name",
    (page) => page.replaceAll('"webhook_subscriptions":{', '"data":{'),
    [
      "response-optional-property-removed",
      "breaking    removed  body.webhook_subscriptions  (GET /api/partner/v2/webhook_subscriptions 200)",
    ],
    [
      "response-optional-property-added",
      "compatible  added    body.data  (GET /api/partner/v2/webhook_subscriptions 200)",
    ],
  ),
  vendorRow(
    "a list without its wrapper",
    (page) =>
      page.replace(
        '{"type":"object","properties":{"webhook_subscriptions":{"type":"array","items":{"$ref":"#/components/schemas/WebhookSubscription"}}}}',
        '{"type":"array","items":{"$ref":"#/components/schemas/WebhookSubscription"}}',
      ),
    [
      "response-body-type-changed",
      "breaking    changed  body: was object, is now array  (GET /api/partner/v2/webhook_subscriptions 200)",
    ],
  ),
  vendorRow(
    "pages of a list",
    (page) =>
      page.replace(
        '"description":"Retrieves all webhook subscriptions for the authenticated partner","responses"',
        '"parameters":[{"name":"page","in":"query","schema":{"type":"integer"}}],"responses"',
      ),
    [
      "new-optional-request-parameter",
      "compatible  added    query parameter page: optional  (GET /api/partner/v2/webhook_subscriptions)",
    ],
  ),
  vendorRow(
    "the next version of the path",
    (page) => page.replaceAll("/api/partner/v2/", "/api/partner/v3/"),
    [
      "api-path-renamed",
      "breaking    changed  /api/partner/v2/webhook_subscriptions: is now /api/partner/v3/webhook_subscriptions  (GET /api/partner/v3/webhook_subscriptions, POST /api/partner/v3/webhook_subscriptions)",
    ],
    [
      "api-path-renamed",
      "breaking    changed  /api/partner/v2/webhook_subscriptions/{webhook_subscription_id}: is now /api/partner/v3/webhook_subscriptions/{webhook_subscription_id}  (DELETE /api/partner/v3/webhook_subscriptions/{webhook_subscription_id}, PUT /api/partner/v3/webhook_subscriptions/{webhook_subscription_id})",
    ],
  ),
  vendorRow(
    "another name of the parameter",
    (page) =>
      page
        .replaceAll("{webhook_subscription_id}", "{id}")
        .replaceAll('"name":"webhook_subscription_id"', '"name":"id"'),
    [
      "request-path-parameter-renamed",
      "note        changed  path parameter webhook_subscription_id: is now called id  (DELETE /api/partner/v2/webhook_subscriptions/{id}, PUT /api/partner/v2/webhook_subscriptions/{id})",
    ],
  ),
  vendorRow(
    "ids in the path as strings",
    (page) => page.replaceAll('"schema":{"type":"integer"}', '"schema":{"type":"string"}'),
    [
      "request-parameter-type-changed",
      "breaking    changed  path parameter webhook_subscription_id: was integer, is now string  (DELETE /api/partner/v2/webhook_subscriptions/{webhook_subscription_id}, PUT /api/partner/v2/webhook_subscriptions/{webhook_subscription_id})",
    ],
  ),
  vendorRow("an update by PATCH", (page) => page.replace('{"put":{"tags"', '{"patch":{"tags"'), [
    "api-method-changed",
    "breaking    changed  PUT /api/partner/v2/webhook_subscriptions/{webhook_subscription_id}: is now PATCH /api/partner/v2/webhook_subscriptions/{webhook_subscription_id}",
  ]),
  vendorRow("no deletion", (page) => page.slice(0, page.indexOf("## Delete")), [
    "api-removed-without-deprecation",
    "breaking    removed  DELETE /api/partner/v2/webhook_subscriptions/{webhook_subscription_id}",
  ]),
  vendorRow(
    "200 in place of 201",
    (page) => page.replace('"responses":{"201":', '"responses":{"200":'),
    [
      "response-success-status-changed",
      "breaking    changed  status: was 201, is now 200  (POST /api/partner/v2/webhook_subscriptions)",
    ],
  ),
  vendorRow(
    "a deletion that answers",
    (page) =>
      page
        .replace(
          '"204":{"description":"Webhook subscription deleted successfully"}',
          '"200":{"description":"Deleted","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Deleted"}}}}',
        )
        .replace(
          '"schemas":{"WebhookSubscriptionInput"',
          '"schemas":{"Deleted":{"type":"object"},"WebhookSubscriptionInput"',
        ),
    [
      "response-success-status-changed",
      "breaking    changed  status: was 204, is now 200  (DELETE /api/partner/v2/webhook_subscriptions/{webhook_subscription_id})",
    ],
    [
      "response-body-added",
      "compatible  added    body  (DELETE /api/partner/v2/webhook_subscriptions/{webhook_subscription_id} 200)",
    ],
  ),
  vendorRow(
    "an error",
    (page) =>
      page.replace('"responses":{"201":', '"responses":{"422":{"description":"Invalid"},"201":'),
    [
      "response-non-success-status-added",
      "compatible  added    status 422  (POST /api/partner/v2/webhook_subscriptions)",
    ],
  ),
  vendorRow(
    "another server",
    (page) => page.replaceAll("https://api.linqapp.com", "https://api.linq.example"),
    [
      "api-default-server-changed",
      "breaking    changed  server: was https://api.linqapp.com, is now https://api.linq.example",
    ],
  ),
  vendorRow(
    "another header for the token",
    (page) => page.replaceAll("X-LINQ-INTEGRATION-TOKEN", "X-LINQ-TOKEN"),
    [
      "api-security-component-changed",
      `breaking    changed  security scheme ApiKeyAuth: was header X-LINQ-INTEGRATION-TOKEN, is now header X-LINQ-TOKEN${ALL}`,
    ],
  ),
  vendorRow(
    "a bearer token",
    (page) =>
      page.replaceAll(
        '{"type":"apiKey","in":"header","name":"X-LINQ-INTEGRATION-TOKEN"}',
        '{"type":"http","scheme":"bearer"}',
      ),
    [
      "api-security-component-changed",
      `breaking    changed  security scheme ApiKeyAuth: was header X-LINQ-INTEGRATION-TOKEN, is now HTTP bearer${ALL}`,
    ],
  ),
  vendorRow(
    "an update that is deprecated",
    (page) => page.replace('"put":{', '"put":{"deprecated":true,'),
    [
      "endpoint-deprecated",
      "note        changed  PUT /api/partner/v2/webhook_subscriptions/{webhook_subscription_id}: now deprecated",
    ],
  ),
  vendorRow(
    "other texts",
    (page) =>
      page
        .replaceAll("Linq Partner API", "Linq API")
        .replaceAll("Successful response", "All of them"),
    ["texts-changed", "note        changed  document: only texts differ"],
  ),
  vendorRow(
    "another schema for what is sent",
    (page) =>
      page.replaceAll(
        '"active":{"type":"boolean","description":"Whether the webhook subscription is active"}',
        '"active":{"type":"string","enum":["on","off"]}',
      ),
    [
      "request-property-type-changed",
      `breaking    changed  WebhookSubscriptionInput.active: was boolean, is now string${WRITES}`,
    ],
  ),
];
