import { built } from "./built.js";
import { cpuTime, measure, type Timing } from "./measure.js";
import { delivery, isSignedByHand, secret } from "./verify.js";

const ROUNDS = 25;
/** More than a memory store remembers, so that every event is new in every pass. */
const EVENTS = 12_000;

/**
 * Compares a whole receiver and its memory store with a handwritten handler, which remembers nothing.
 * Measures CPU time.
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
    // eslint-disable-next-line @typescript-eslint/require-await -- Handlers are usually async.
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

/** Yields the items in order, endlessly. */
function* repeat<Item>(items: readonly Item[]): Generator<Item, never> {
  for (;;) yield* items;
}
