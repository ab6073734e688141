import { expect, it } from "vitest";
import { watchSubscription } from "../../../src/cli/listen/watch-subscription.js";
import { createLinqClient } from "../../../src/index.js";
import { createSandbox } from "../../../src/sandbox/index.js";

const INPUT = { webhook_url: "https://example.com/hook", events: ["message.sent"] } as const;

it("reports each change once, writes nothing, and treats no failure as a change", async () => {
  const sandbox = createSandbox();
  const linq = createLinqClient({ token: "a-token", fetch: sandbox.fetch, maxRetries: 0 });
  const { create, update, delete: remove } = linq.webhookSubscriptions;
  const { id } = await create(INPUT);
  const told: string[] = [];
  /** What happens before each check. */
  const steps: readonly (() => unknown)[] = [
    () => told.push("as it was"),
    () => {
      told.push("the API fails");
      sandbox.inject({ kind: "status", status: 401 });
    },
    () => update(id, { active: false, secret: "the secret" }),
    () => told.push("still paused"),
    () => update(id, { active: true, secret: "the secret" }),
    () => remove(id),
    () => create({ ...INPUT, webhook_url: "https://example.com/elsewhere" }),
    () => create(INPUT),
  ];
  const remaining = steps.values();
  const watching = watchSubscription({
    list: () => linq.webhookSubscriptions.list(),
    webhookUrl: INPUT.webhook_url,
    tell: (isThere) => told.push(isThere ? "there" : "gone"),
    pause: async () => {
      const { value, done } = remaining.next();
      if (done === true) throw new Error("the end");
      await value();
    },
  });
  await expect(watching).rejects.toThrow("the end");
  expect(told).toEqual([
    ...["as it was", "the API fails", "gone", "still paused", "there", "gone", "there"],
  ]);
  expect(sandbox.subscriptions).toHaveLength(2);
});
