import { InvalidInputError } from "../../errors/invalid-input-error.js";
import { JSON_SPELLINGS } from "../../receiver/json-spellings.js";
import { createEvent } from "./create-event.js";
import type { Delivery, WebhookEvent } from "./deliver.js";
import { deliverUntilTaken, type DeliveryContext } from "./redeliver.js";
import type { SandboxSwitches } from "../switches.js";

/** The context of an emitted event. */
export interface EmitContext extends Omit<DeliveryContext, "redelivery"> {
  readonly switches: SandboxSwitches;
  readonly now: () => number;
  readonly allowUnknownEvents: boolean;
}

/**
 * Delivers an event to all active subscriptions to it at once. A URL with two such subscriptions receives
 * the event twice.
 *
 * @throws {InvalidInputError} for an unknown event, or changes that are not an object or not serializable.
 */
export async function emitEvent(
  type: string,
  changes: Readonly<Record<string, unknown>> | undefined,
  context: EmitContext,
): Promise<Delivery[]> {
  const { store, switches, now, allowUnknownEvents } = context;
  const create = (): WebhookEvent => {
    // The cast is safe: `createEvent` checks the value at run time.
    const options = { now, allowUnknownEvents: allowUnknownEvents as true };
    const event = createEvent(type, changes, options);
    return { id: event.event_id, type, body: toBody(event, switches) };
  };
  const shared = create();

  const attempts = store.findSubscribers(type).map((subscriber) => {
    const event = switches.twinEventIds === "same" ? shared : create();
    return deliverUntilTaken(event, subscriber, { ...context, redelivery: switches.redelivery });
  });
  return (await Promise.all(attempts)).flat();
}

function toBody(event: object, { bodySpelling }: SandboxSwitches): string {
  try {
    return JSON_SPELLINGS[bodySpelling](JSON.stringify(event));
  } catch (cause) {
    throw new InvalidInputError("data", "serializable as JSON", { cause });
  }
}
