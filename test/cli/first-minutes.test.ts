import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import type { EventName } from "../../src/index.js";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { type InstalledCli, installCli } from "../support/installed-cli.js";

const TOKEN = "s3ntinel-of-the-token";
const SENT: EventName[] = ["message.sent"];
const BOTH: EventName[] = ["message.sent", "message.received"];

/** Twenty subscriptions; three repeat events that lower ids deliver, all of them or some. */
const SUBSCRIPTIONS: readonly { webhook_url: string; events: EventName[] }[] = [
  ...Array.from({ length: 17 }, (_, index) => ({
    webhook_url: `https://hooks.example.com/${index + 1}`,
    events: index % 2 === 0 ? BOTH : SENT,
  })),
  { webhook_url: "https://hooks.example.com/1", events: BOTH },
  { webhook_url: "https://HOOKS.example.com:443/1#again", events: SENT },
  { webhook_url: "https://hooks.example.com/2", events: BOTH },
];

let cli: InstalledCli;

beforeAll(async () => {
  cli = await installCli();
});

afterAll(async () => {
  await cli.remove();
});

/** Creates the subscriptions without any guard, as other clients may have done. */
async function createAccount(): Promise<Sandbox> {
  const sandbox = createSandbox({ token: TOKEN });
  for (const input of SUBSCRIPTIONS) {
    await sandbox.fetch("http://localhost/api/partner/v2/webhook_subscriptions", {
      method: "POST",
      headers: { "content-type": "application/json", "X-LINQ-INTEGRATION-TOKEN": TOKEN },
      body: JSON.stringify({ webhook_subscription: { ...input, version: 2, active: true } }),
    });
  }
  return sandbox;
}

/** How often each event reaches each URL. */
function countDeliveries({ subscriptions }: Sandbox): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { active, webhook_url, events } of subscriptions) {
    for (const event of active ? events : []) {
      const { host, pathname } = new URL(webhook_url);
      const key = `${event} ${host}${pathname}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

it("twenty subscriptions become a file that agrees, without duplicates", async () => {
  const sandbox = await createAccount();
  const server = await sandbox.listen();
  onTestFinished(server.close);
  const before = countDeliveries(sandbox);
  expect(sandbox.subscriptions).toHaveLength(20);
  expect([...before.values()].filter((count) => count > 1)).toEqual([3, 2, 2]);

  const run = async (...args: string[]): Promise<{ code: unknown; said: string }> => {
    const env = { LINQ_BASE_URL: server.url, LINQ_INTEGRATION_TOKEN: TOKEN };
    const child = cli.start("linq-webhooks", args, env);
    const code = await child.ended;
    expect(child.stderr()).toBe("");
    expect(child.stdout()).not.toContain("s3ntinel");
    return { code, said: child.stdout() };
  };

  const examined = await run("doctor");
  // Duplicates are warnings.
  expect(examined.code).toBe(0);
  expect(examined.said).toContain(
    `✓ token: ${server.url} accepts the token, and lists 20 subscriptions`,
  );
  expect(examined.said).toMatch(/! subscription: subscriptions 1, 18 and 19 .* more than once\n/);
  expect(examined.said).toMatch(/! subscription: subscriptions 2 and 20 .* more than once\n/);
  expect(examined.said).toContain(
    "`linq-webhooks duplicates` shows the redundant ones, and --remove",
  );

  const listed = await run("list", "--duplicates", "--url", "hooks.example.com/2");
  expect(listed.code).toBe(0);
  expect(listed.said).toMatch(/^ *2 [^]*^ *20 [^]*Some events are delivered more than once/m);
  expect(listed.said).not.toMatch(/^ *(1|3|18) /m);

  const pulled = await run("pull");
  expect(pulled.code).toBe(0);
  expect(pulled.said).toContain("Wrote linq-webhooks.json: 20 webhook subscriptions, 17 URLs.");
  expect(pulled.said).toContain("Webhook subscriptions 18 and 19 are duplicates of 1");
  expect(pulled.said).toContain("Webhook subscription 20 overlaps with 2");
  expect((await run("pull", "--check")).code).toBe(2);

  const planned = await run("plan");
  expect(planned.code).toBe(2);
  expect(planned.said).toMatch(/^Plan: 0 to add, 1 to change, 3 to delete, 16 unchanged\.$/m);
  expect(countDeliveries(sandbox)).toEqual(before);

  const applied = await run("apply", "--yes");
  expect(applied.code).toBe(0);
  expect(applied.said).toContain("Applied: 4 done, 0 failed, 0 pending.");

  const after = countDeliveries(sandbox);
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  expect(new Set(after.values())).toEqual(new Set([1]));

  const final = await run("list");
  expect(final.code).toBe(0);
  expect(final.said).not.toContain("more than once");
  const none = await run("list", "--duplicates", "--inactive", "--event=message.sent");
  expect(none.said).toContain("None of the 17 subscriptions matches.");
  const agreeing = await run("pull", "--check");
  expect(agreeing.code).toBe(0);
  expect(agreeing.said).toContain("linq-webhooks.json and the account agree.");
});
