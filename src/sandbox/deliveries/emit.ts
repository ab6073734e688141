import { createEvent } from "./create-event.js";
import type { Delivery, WebhookEvent } from "./deliver.js";
import { deliverUntilTaken, type DeliveryContext } from "./redeliver.js";
import type { SandboxSwitches } from "../switches.js";

/** Whom an event reaches, and how. */
export interface EmitContext extends Omit<DeliveryContext, "redelivery"> {
  readonly switches: SandboxSwitches;
  readonly now: () => number;
}

/**
 * Delivers an event to every active subscription that asks for it, to all at once: two that ask for
 * the same event receive it twice.
 *
 * @throws {TypeError} when the event has no name, or the data is no object or cannot become JSON.
 */
export async function emitEvent(
  type: string,
  data: Record<string, unknown> | undefined,
  context: EmitContext,
): Promise<Delivery[]> {
  checkArguments(type, data);
  const { store, switches, now } = context;
  const create = (): WebhookEvent => createEvent(type, data, now);
  const shared = create();

  const attempts = store.findSubscribers(type).map((subscriber) => {
    const event = switches.twinEventIds === "same" ? shared : create();
    return deliverUntilTaken(event, subscriber, { ...context, redelivery: switches.redelivery });
  });
  return (await Promise.all(attempts)).flat();
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
