/**
 * One replica of somebody's service, as a process of its own: it calls `ensure` whenever its parent
 * tells it to, and reports the result. It shares nothing with its siblings but the API.
 */
import { composeClient } from "../../src/client.js";
import type { EventName } from "../../src/index.js";
import { hurriedClock, timedFetch } from "./hurried-clock.js";

/** What a replica is told to make sure of, all at once. */
export interface Order {
  readonly baseUrl: string;
  readonly inputs: readonly {
    readonly webhook_url: string;
    readonly events: readonly EventName[];
  }[];
}

/** The result: the subscriptions that deliver the events of each input, or an error in words. */
export interface Report {
  readonly ids?: readonly (readonly number[])[];
  readonly error?: string;
}

async function carryOut({ baseUrl, inputs }: Order): Promise<Report> {
  const { webhookSubscriptions } = composeClient(
    { token: "any-token", baseUrl, fetch: timedFetch },
    hurriedClock,
  );
  try {
    const results = await Promise.all(
      inputs.map((input) => webhookSubscriptions.ensure({ ...input, secret: "shared" })),
    );
    return { ids: results.map(({ subscriptions }) => subscriptions.map(({ id }) => id)) };
  } catch (error) {
    return { error: String(error) };
  }
}

process.on("message", (order) => {
  // The parent sends nothing else.
  void carryOut(order as Order).then((report) => process.send?.(report));
});
process.send?.({});
