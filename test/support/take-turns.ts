import { composeClient } from "../../src/client.js";
import type { WebhookSubscriptions } from "../../src/index.js";
import { bendFetch } from "./bend-fetch.js";
import { createFastClock } from "./fast-clock.js";
import { withoutLock, type World } from "./sandbox-client.js";

/** What one machine does. */
export type Machine = (linq: WebhookSubscriptions<string>) => Promise<unknown>;

/**
 * Runs machines whose requests take turns: whenever all of them wait, `pick` says whose request is
 * carried out and answered next.
 *
 * @param pick - gets the numbers of the machines that wait, in ascending order.
 * @returns the outcome of each call: what it returned, or what it threw.
 */
export async function takeTurns(
  { sandbox }: World,
  pick: (waiting: readonly number[]) => number,
  machines: readonly Machine[],
): Promise<unknown[]> {
  const waiting = new Map<number, () => void>();
  let running = machines.length;
  const calls = machines.map(async (machine, index) => {
    const fetch = bendFetch(sandbox.fetch, async (_request, send) => {
      await new Promise<void>((proceed) => waiting.set(index, proceed));
      return send();
    });
    const options = { token: "any-token", fetch, lock: withoutLock };
    try {
      return await machine(composeClient(options, createFastClock()).webhookSubscriptions);
    } catch (error) {
      return error;
    } finally {
      running--;
    }
  });
  while (running > 0) {
    while (waiting.size < running) await new Promise((resolve) => setImmediate(resolve));
    const next = pick([...waiting.keys()].sort((a, b) => a - b));
    const proceed = waiting.get(next);
    waiting.delete(next);
    proceed?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return Promise.all(calls);
}
