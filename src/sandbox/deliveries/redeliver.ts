import { deliver, type Delivery, type WebhookEvent } from "./deliver.js";
import type { History } from "../history.js";
import type { Post } from "./post.js";
import type { SandboxOptions } from "../sandbox-options.js";
import type { Entry, Store } from "../api/store.js";

/** How deliveries are sent, and where they are recorded. */
export interface DeliveryContext {
  readonly store: Store;
  readonly post: Post;
  readonly sleep: NonNullable<SandboxOptions["sleep"]>;
  /** How many further attempts follow a failed one. */
  readonly redelivery: number;
  /** Records each attempt when it has ended. */
  readonly deliveries: Pick<History<Delivery>, "add">;
}

/** In ms, before the second attempt; twice as long before each further one. */
const FIRST_WAIT = 1000;

/**
 * Delivers an event to a subscription, and repeats the attempt until the receiver accepts the event, the
 * attempts are used up, or the subscription no longer includes the event.
 *
 * @returns every attempt, oldest first.
 */
export async function deliverUntilTaken(
  event: WebhookEvent,
  subscriber: Entry,
  { store, post, sleep, redelivery, deliveries }: DeliveryContext,
): Promise<Delivery[]> {
  const attempts: Delivery[] = [];
  for (let wait = FIRST_WAIT; ; wait *= 2) {
    const delivery = await deliver(event, subscriber, post, attempts.length + 1);
    store.recordAttempt(subscriber, isDelivered(delivery));
    deliveries.add(delivery);
    attempts.push(delivery);
    if (isDelivered(delivery) || attempts.length > redelivery) return attempts;
    await sleep(wait);
    if (!store.findSubscribers(event.type).includes(subscriber)) return attempts;
  }
}

function isDelivered({ status }: Delivery): boolean {
  return status !== undefined && status >= 200 && status < 300;
}
