import type { WebhookEvent } from "./deliver.js";
import { findExampleData } from "./example-data.js";

/**
 * Makes an event in the envelope of the vendor's webhook documentation, its fields in the same order.
 *
 * @param data - a realistic example of the event when it is left out, or `{}` for an event that the
 * specification does not know.
 */
export function createEvent(
  type: string,
  data: object | undefined,
  now: () => number,
): WebhookEvent {
  const id = crypto.randomUUID();
  const body = JSON.stringify({
    api_version: "v2",
    created_at: new Date(now()).toISOString(),
    data: data ?? findExampleData(type),
    event_id: id,
    event_type: type,
  });
  return { id, type, body };
}
