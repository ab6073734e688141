import type { components } from "../../generated/openapi.js";

type WebhookSubscription = components["schemas"]["WebhookSubscription"];

/** A complete subscription as the API returns it, except for what the test is about. */
export function buildSubscription(over: Partial<WebhookSubscription> = {}): WebhookSubscription {
  return {
    id: 1,
    webhook_url: "https://example.com/hook",
    version: 2,
    events: ["message.received"],
    active: true,
    secret_configured: false,
    last_delivered_at: null,
    delivery_attempts: 0,
    created_at: "2025-01-01T00:00:00Z",
    updated_at: "2025-01-01T00:00:00Z",
    ...over,
  };
}
