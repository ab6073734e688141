import { deliver, type Delivery, type WebhookEvent } from "./deliver.js";
import type { History } from "../history.js";
import type { Post } from "./post.js";
import type { SandboxOptions } from "../sandbox-options.js";
import type { Entry, Store } from "../api/store.js";

/** How deliveries are made, and where they are noted. */
export interface DeliveryContext {
  readonly store: Store;
  readonly post: Post;
  readonly sleep: NonNullable<SandboxOptions["sleep"]>;
  /** How many more attempts follow one that fails. */
  readonly redelivery: number;
  /** Where each attempt is put when it has ended. */
  readonly deliveries: Pick<History<Delivery>, "add">;
}

/** In ms, before the second attempt; twice as long before each further one. */
const FIRST_WAIT = 1000;

/**
 * Delivers an event to a subscription, again and again until it is taken, there have been enough
 * attempts, or the subscription no longer asks for it.
 *
 * @returns every attempt, first one first.
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
