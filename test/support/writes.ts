import type { EventName, LinqClient } from "../../src/index.js";
import { applySync, planSync } from "../../src/sync/index.js";
import { type Random } from "../judge/random.js";

export const MIXED_URL = "https://example.com/hook";
export const MIXED_EVENTS: readonly EventName[] = [
  "message.sent",
  "message.received",
  "message.read",
  "call.completed",
];
export const FOREIGN_EVENT: EventName = "contact.created";

/** What a client does among others that write to the same URL. */
export type Writer =
  "ensure" | "create" | "update" | "rotateSecret" | "removeDuplicates" | "applySync";

/** What it does it with. */
export interface Turn {
  readonly linq: LinqClient<string>;
  readonly events: readonly EventName[];
  readonly nth: number;
  readonly secret: { secret?: string };
}

export const WRITE: Readonly<Record<Writer, (turn: Turn) => Promise<unknown>>> = {
  ensure: ({ linq, events, secret }) =>
    linq.webhookSubscriptions.ensure({ webhook_url: MIXED_URL, events, ...secret }),
  create: ({ linq, events, secret }) =>
    linq.webhookSubscriptions.create({ webhook_url: MIXED_URL, events, ...secret }),
  // Which events a subscription has is for its owner to say, so this one only adds.
  update: async ({ linq: { webhookSubscriptions }, nth, secret }) => {
    const list = await webhookSubscriptions.list();
    const ours = list.filter(
      ({ webhook_url, events, active }) =>
        active && webhook_url === MIXED_URL && !events.includes(FOREIGN_EVENT),
    );
    const target = ours[nth % Math.max(1, ours.length)];
    if (target) await webhookSubscriptions.update(target.id, { events: MIXED_EVENTS, ...secret });
  },
  rotateSecret: ({ linq, secret: { secret = "" } }) =>
    linq.webhookSubscriptions.rotateSecret({ webhook_url: MIXED_URL, secret }),
  removeDuplicates: ({ linq }) => linq.webhookSubscriptions.removeDuplicates(),
  applySync: async ({ linq, secret }) => {
    const list = await linq.webhookSubscriptions.list();
    const plan = planSync([{ webhook_url: MIXED_URL, events: MIXED_EVENTS, ...secret }], list);
    const { failed } = await applySync(linq, plan);
    if (failed[0]) throw failed[0].error;
  },
};

/** Some of the events, at least one. */
export function chooseEvents(random: Random): EventName[] {
  const some = MIXED_EVENTS.filter(() => random() < 0.5);
  return some.length > 0 ? some : ["message.sent"];
}
