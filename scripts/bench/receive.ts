import { built } from "./built.js";
import { cpuTime, measure, type Timing } from "./measure.js";
import { delivery, isSignedByHand, secret } from "./verify.js";

const ROUNDS = 25;
/** More than a store in memory remembers, so that each event is new whenever its turn comes. */
const EVENTS = 12_000;

/**
 * A whole receiver with its store in memory, beside the handler that one would write without it, which
 * remembers nothing. In time of the processor.
 */
export async function benchReceive(): Promise<Record<string, Timing[]>> {
  const { createReceiver, signBody } = await built("receiver/index.js");
  const { receive } = createReceiver({ secret, on: { "message.received": () => 0 } });
  const deliveries = await Promise.all(
    Array.from({ length: EVENTS }, async (_, nth) => {
      const body = Buffer.from(delivery(1_000, `event ${nth}`));
      const signature = await signBody(body, secret);
      const headers = { "content-type": "application/json", "x-webhook-signature": signature };
      return { body, headers };
    }),
  );
  const [forBare, forUs] = [repeat(deliveries), repeat(deliveries)];
  const subjects = {
    // eslint-disable-next-line @typescript-eslint/require-await -- as such handlers are.
    "bare handler": async (): Promise<number> => {
      const { body, headers } = forBare.next().value;
      if (!isSignedByHand(body, headers)) return 401;
      const event = JSON.parse(body.toString()) as { readonly event_type: string };
      return event.event_type === "message.received" ? 200 : 404;
    },
    "linq-webhooks receiver": async (): Promise<number> => {
      const { outcome, status } = await receive(forUs.next().value);
      if (outcome !== "handled") throw new Error(`it was ${outcome}`);
      return status;
    },
  };
  return { "receive 1000 bytes": await measure(subjects, ROUNDS, cpuTime) };
}

/** Gives one after the other, for ever. */
function* repeat<Item>(items: readonly Item[]): Generator<Item, never> {
  for (;;) yield* items;
}
