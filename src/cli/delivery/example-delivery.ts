import { signBody } from "../../receiver/index.js";
import { createEvent } from "../../sandbox/index.js";
import type { Io } from "../io.js";
import { createMessage } from "./create-message.js";
import type { Message } from "./post.js";

/** An example of an event, as it would be delivered. */
export interface ExampleDelivery {
  readonly eventId: string;
  readonly message: Message;
}

/** How an example is made. */
export interface ExampleOptions {
  /** What signs it; without a secret it is not signed. */
  readonly secret?: string | undefined;
  /** What its data has instead of that of the example. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  /** The beginning of its id, in place of as many digits of a UUID. */
  readonly idStart?: string | undefined;
}

/**
 * The beginning of the id of each event that `doctor` and `rotate` send, so that people and programs can
 * tell it from those of the API. It is still that of a UUID, since a receiver may insist on one.
 */
export const PROBE_ID_START = "d0c70000-0000-4000-8000-";

/** Makes a delivery of an example. The name may be any. */
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
