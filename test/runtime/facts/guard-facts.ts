import type { Lock, WebhookSubscription } from "linq-webhooks";
import { expectEqual, rejectionOf } from "../expect.js";
import { type ApiFact, apiFact } from "../fact.js";
import { withoutPauses } from "../timers.js";
import type { World } from "../world.js";

const PATH = "/api/partner/v2/webhook_subscriptions";

/** Values are compared as JSON, so the order is that of the API. */
const INPUT = {
  webhook_url: "https://example.com/hook",
  events: ["message.received", "message.sent"],
} as const;

/** Locks nothing, as between separate machines. */
const noLock: Lock = (_key, task) => task();

/** What the guard does, and what `linq-webhooks/sync` does with it. */
export const GUARD_FACTS: readonly ApiFact[] = [
  apiFact("lists all subscriptions", async (open) => {
    const world = await open();
    const { webhookSubscriptions } = world.connect();
    expectEqual(await webhookSubscriptions.list(), [], "an empty list");
    const { id } = await webhookSubscriptions.create(INPUT);
    expectEqual(await webhookSubscriptions.list(), await world.subscriptions(), "the list");
    expectEqual((await webhookSubscriptions.get(id)).events, INPUT.events, "the events");
  }),
  apiFact("updates and deletes", async (open) => {
    const world = await open();
    const { webhookSubscriptions } = world.connect();
    const { id } = await webhookSubscriptions.create(INPUT);
    await webhookSubscriptions.update(id, { events: ["message.read"] });
    expectEqual((await world.subscriptions())[0]?.events, ["message.read"], "the events");
    await webhookSubscriptions.delete(id);
    expectEqual(await world.subscriptions(), [], "what is left");
  }),
  apiFact("refuses a duplicate, and posts nothing", async (open, { client }) => {
    const world = await open();
    const { webhookSubscriptions } = world.connect();
    await webhookSubscriptions.create(INPUT);
    const error = await rejectionOf(webhookSubscriptions.create(INPUT));
    expectEqual(error instanceof client.DuplicateSubscriptionError, true, "its class");
    expectEqual(await countPosts(world), 1, "POSTs");
  }),
  apiFact("ensures twice and writes once", async (open) => {
    const world = await open();
    const { webhookSubscriptions } = world.connect();
    const first = await webhookSubscriptions.ensure(INPUT);
    const second = await webhookSubscriptions.ensure(INPUT);
    expectEqual([first.outcome, second.outcome], ["created", "unchanged"], "the outcomes");
    expectEqual(await countPosts(world), 1, "POSTs");
  }),
  apiFact("delivers each event once after eight simultaneous ensures that overlap", (open) =>
    withoutPauses(async () => {
      const world = await open();
      const wishes = [INPUT.events, [...INPUT.events, "message.read"]] as const;
      await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          world
            .connect({ lock: noLock })
            .webhookSubscriptions.ensure({ ...INPUT, events: wishes[index % 2] ?? INPUT.events }),
        ),
      );
      const delivered = eventsOf(await world.subscriptions());
      expectEqual(delivered, ["message.read", "message.received", "message.sent"], "the events");
    }),
  ),
  apiFact("does not repeat a POST that may have succeeded, and finds its subscription", (open) =>
    withoutPauses(async () => {
      const world = await open([
        { kind: "reset", operation: "createWebhookSubscription", write: "done" },
      ]);
      const methods: string[] = [];
      const linq = world.connect({ onAttempt: ({ method }) => methods.push(method) });
      const { subscriptions } = await linq.webhookSubscriptions.ensure(INPUT);
      expectEqual(methods.filter((method) => method === "POST").length, 1, "POSTs");
      // Some runtimes themselves repeat a POST; that duplicate is gone.
      const left = await world.subscriptions();
      expectEqual(eventsOf(left), INPUT.events, "the events");
      expectEqual(
        subscriptions.map(({ id }) => id),
        [left[0]?.id],
        "the ids",
      );
    }),
  ),
  apiFact("plans, applies, and then finds nothing left to do", async (open, { sync }) => {
    const world = await open();
    const linq = world.connect();
    const old = { webhook_url: "https://example.com/old", events: INPUT.events };
    await linq.webhookSubscriptions.create(old);
    const plan = async (): ReturnType<typeof makePlan> => makePlan();
    const makePlan = async () =>
      sync.planSync(
        [{ ...INPUT, replaces: [old.webhook_url] }],
        await linq.webhookSubscriptions.list(),
      );
    const { done, failed } = await sync.applySync(linq, await plan());
    expectEqual([done.map(({ action }) => action), failed], [["update"], []], "the result");
    const actions = (await plan()).steps.map(({ action }) => action);
    expectEqual(actions, ["keep"], "the next plan");
    expectEqual(eventsOf(await world.subscriptions()), INPUT.events, "the events");
  }),
];

async function countPosts(world: World): Promise<number> {
  return (await world.requests()).filter((request) => request === `POST ${PATH}`).length;
}

/** Every event as often as it is delivered. */
function eventsOf(subscriptions: readonly WebhookSubscription[]): string[] {
  return subscriptions
    .filter(({ active }) => active)
    .flatMap(({ events }) => events)
    .sort();
}
