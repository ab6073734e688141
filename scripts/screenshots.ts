/** Takes the screenshots of the README from the real page, with the sandbox as its API. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { createEvent } from "../src/sandbox/index.js";
import type { PageDelivery } from "../src/cli/page/protocol.js";
import { buildDelivery, type FakeServer, startFakeServer } from "../test/page/fake-server.js";
import { launchChromium } from "../test/runtime/chromium/launch-chromium.js";
import { bundlePage } from "./bundle-page.js";

const IMAGES = fileURLToPath(new URL("../.github/images/", import.meta.url));

/** The deliveries of the screenshot repeat these events and outcomes. */
const EVENTS = [
  "message.received",
  "message.sent",
  "message.read",
  "reaction.received",
  "typing_indicator.received",
  "call.completed",
  "contact.updated",
] as const;
const OUTCOMES = [
  ...["accepted", "forwarded", "forwarded", "forwarded", "forwarded", "duplicate"],
  ...["forwarded", "forwarded", "refused", "forwarded", "failed"],
] as PageDelivery["outcome"][];
const STATUSES: Partial<Record<PageDelivery["outcome"], number>> = { refused: 401, failed: 503 };
const COUNT = 90;

const folder = await mkdtemp(join(tmpdir(), "linq-webhooks-screenshots-"));
const browser = await launchChromium();
try {
  await mkdir(IMAGES, { recursive: true });
  await bundlePage(folder);
  await shoot(browser, "deliveries", "light", "#/deliveries?id=82", (server) => {
    server.send("delivery", ...Array.from({ length: COUNT }, (_, index) => delivery(index)));
    return Promise.resolve();
  });
  await shoot(browser, "duplicates", "dark", "#/subscriptions", subscribe);
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}

async function shoot(
  opener: Browser,
  name: string,
  colorScheme: "light" | "dark",
  hash: string,
  prepare: (server: FakeServer) => Promise<void>,
): Promise<void> {
  const server = await startFakeServer(folder);
  try {
    await prepare(server);
    const page = await opener.newPage({
      colorScheme,
      viewport: { width: 1280, height: name === "deliveries" ? 720 : 560 },
      timezoneId: "UTC",
    });
    await page.goto(server.url + hash);
    await page.getByText("Live", { exact: true }).waitFor();
    await page.locator(".row, td").last().waitFor();
    await page.screenshot({ path: join(IMAGES, `${name}.png`) });
    await page.close();
  } finally {
    await server.close();
  }
}

function delivery(index: number): PageDelivery {
  const name = EVENTS[(index * 3) % EVENTS.length] ?? "message.received";
  const outcome = OUTCOMES[index % OUTCOMES.length] ?? "accepted";
  const now = Date.parse("2025-03-12T09:41:07.250Z") - (COUNT - index) * 1_130 - (index % 7) * 400;
  const event = createEvent(name, undefined, { now: () => now });
  const status = STATUSES[outcome] ?? 200;
  return buildDelivery({
    id: String(index),
    receivedAt: new Date(now).toISOString(),
    event: name,
    eventId: event.event_id,
    from: index % 3 === 0 ? "+1 415 555 0142" : "+1 628 555 0100",
    outcome,
    signature: outcome === "refused" ? "invalid" : "valid",
    status,
    duration: [4, 12, 8, 31, 140, 23][index % 6] ?? 4,
    attempt: outcome === "duplicate" ? 2 : 1,
    forward: outcome === "forwarded" ? { status, duration: 9 } : null,
    body: JSON.stringify(event),
  });
}

async function subscribe({ api }: FakeServer): Promise<void> {
  const hook = "https://api.example.com/hooks/linq";
  const crm = "https://crm.example.com/linq/contacts";
  for (const [webhook_url, events, secret] of [
    [hook, ["message.received", "message.sent", "message.read"], "a secret of its own"],
    [crm, ["contact.created", "contact.updated", "contact.deleted"], "another secret"],
    [hook, ["message.received", "message.sent"]],
    ["https://staging.example.com/linq", ["message.received", "reaction.received"]],
    [crm, ["contact.updated", "call.completed"], "another secret"],
    ["https://metrics.example.com/calls", ["call.completed"]],
  ] as const) {
    await api.fetch("http://localhost/api/partner/v2/webhook_subscriptions", {
      method: "POST",
      headers: { "content-type": "application/json", "X-LINQ-INTEGRATION-TOKEN": "a-token" },
      body: JSON.stringify({
        webhook_subscription: { webhook_url, events, version: 2, active: true, secret },
      }),
    });
  }
}
