import { InvalidInputError } from "../../errors/invalid-input-error.js";
import { JSON_SPELLINGS } from "../../receiver/json-spellings.js";
import { createEvent } from "./create-event.js";
import type { Delivery, WebhookEvent } from "./deliver.js";
import { deliverUntilTaken, type DeliveryContext } from "./redeliver.js";
import type { SandboxSwitches } from "../switches.js";

/** Whom an event reaches, and how. */
export interface EmitContext extends Omit<DeliveryContext, "redelivery"> {
  readonly switches: SandboxSwitches;
  readonly now: () => number;
  readonly allowUnknownEvents: boolean;
}

/**
 * Delivers an event to every active subscription that asks for it, to all at once: two that ask for
 * the same event receive it twice.
 *
 * @throws {InvalidInputError} for an unknown event, or changes that are no object or cannot become JSON.
 */
export async function emitEvent(
  type: string,
  changes: Readonly<Record<string, unknown>> | undefined,
  context: EmitContext,
): Promise<Delivery[]> {
  const { store, switches, now, allowUnknownEvents } = context;
  const create = (): WebhookEvent => {
    // What it does not allow it refuses, whatever is declared here.
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
    throw new InvalidInputError("data", "what can become JSON", { cause });
  }
}
