import { deliver, type Delivery, type WebhookEvent } from "./deliver.js";
import { findExampleData } from "./example-data.js";
import type { Post } from "./post.js";
import type { Store } from "./store.js";

/** Whom an event reaches, and how. */
export interface EmitContext {
  readonly store: Store;
  readonly post: Post;
  readonly now: () => number;
  /** Where each delivery is put when it has ended. */
  readonly deliveries: Delivery[];
}

/**
 * Delivers an event to every active subscription that asks for it, to all at once: two that ask for
 * the same event receive it twice, under the same event_id.
 *
 * @throws {TypeError} when the event has no name, or the data is no object or cannot become JSON.
 */
export async function emitEvent(
  type: string,
  data: Record<string, unknown> | undefined,
  { store, post, now, deliveries }: EmitContext,
): Promise<Delivery[]> {
  checkArguments(type, data);
  const event = createEvent(type, data ?? findExampleData(type), now);

  const attempts = store.findSubscribers(type).map(async (subscriber) => {
    const delivery = await deliver(event, subscriber, post);
    store.recordAttempt(subscriber, isDelivered(delivery));
    deliveries.push(delivery);
    return delivery;
  });
  return Promise.all(attempts);
}

/** The envelope of the vendor's webhook documentation, its fields in the same order. */
function createEvent(type: string, data: object, now: () => number): WebhookEvent {
  const id = crypto.randomUUID();
  const body = JSON.stringify({
    api_version: "v2",
    created_at: new Date(now()).toISOString(),
    data,
    event_id: id,
    event_type: type,
  });
  return { id, type, body };
}

function isDelivered({ status }: Delivery): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

// Callers without types can pass anything.
function checkArguments(type: unknown, data: unknown): void {
  if (typeof type !== "string" || type === "") {
    throw new TypeError("`event` must be the name of an event, such as message.received");
  }
  if (data === undefined) return;
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    throw new TypeError("`data` must be an object");
  }
}
