import { signBody } from "../../receiver/index.js";
import { createEvent } from "../../sandbox/index.js";
import type { Io } from "../io.js";
import { createMessage } from "./create-message.js";
import type { Message } from "./post.js";

/** An example event, as the API would deliver it. */
export interface ExampleDelivery {
  readonly eventId: string;
  readonly message: Message;
}

/** Options of an example. */
export interface ExampleOptions {
  /** The secret that signs it; without one it is not signed. */
  readonly secret?: string | undefined;
  /** Fields that replace those of the example's `data`. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  /** The start of its id, which replaces the same number of characters of a UUID. */
  readonly idStart?: string | undefined;
}

/**
 * The start of the id of each event from `doctor` and `rotate`, which distinguishes it from events of
 * the API. The id is still a UUID, because a receiver may require one.
 */
export const PROBE_ID_START = "d0c70000-0000-4000-8000-";

/** Makes a delivery of an example event. The event may be unknown. */
export async function createExampleDelivery(
  type: string,
  { now }: Pick<Io, "now">,
  { secret, data, idStart = "" }: ExampleOptions = {},
): Promise<ExampleDelivery> {
  const made = createEvent(type, data, { now, allowUnknownEvents: true });
  const eventId = idStart + made.event_id.slice(idStart.length);
  const body = JSON.stringify({ ...made, event_id: eventId });
  return {
    eventId,
    message: createMessage(body, secret === undefined ? undefined : await signBody(body, secret)),
  };
}
