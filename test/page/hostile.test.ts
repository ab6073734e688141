import { afterAll, beforeAll, expect, it } from "vitest";
import { createLinqClient } from "linq-webhooks";
import type { PageDelivery } from "../../src/cli/page/protocol.js";
import { buildDelivery } from "./fake-server.js";
import { createPageWorld, type PageWorld } from "./page-world.js";

/** Each would call `hurt` in a page that treated it as more than text. */
const ATTACKS = [
  '<img src="x" onerror="hurt()">',
  "<script>hurt()</script>",
  '"><svg onload="hurt()">',
  "javascript:hurt()",
  "{{hurt()}}${hurt()}",
  "__proto__",
];

/** Looks like an element of the page's own library, which would be one. */
const ELEMENT = {
  type: "img",
  props: { src: "x", onerror: "hurt()" },
  key: null,
  ref: null,
  constructor: null,
  dangerouslySetInnerHTML: { __html: ATTACKS[0] },
};

const URL_OF_ATTACK = `https://example.com/<img/src=x/onerror=hurt()>`;

let world: PageWorld;

beforeAll(async () => {
  world = await createPageWorld();
});

afterAll(async () => {
  await world.close();
});

it.each(ATTACKS)("%s in any field is shown as text only", async (attack) => {
  const { page, server, errors, origins } = await world.open({
    state: {
      publicUrl: attack,
      forwardTo: attack,
      faults: [{ name: attack, isOn: true }],
      switches: [{ name: attack, value: attack, kind: "choice", choices: [attack] }],
      mode: "sandbox",
    },
  });
  await page.evaluate(() => {
    Object.assign(globalThis, {
      hurts: 0,
      hurt: () => ((globalThis as { hurts?: number }).hurts = 1),
    });
  });
  const linq = createLinqClient({
    token: "a-token",
    fetch: server.api.fetch,
    allowUnknownEvents: true,
  });
  for (const count of [1, 2]) {
    await server.api.fetch("http://localhost/api/partner/v2/webhook_subscriptions", {
      method: "POST",
      headers: { "content-type": "application/json", "X-LINQ-INTEGRATION-TOKEN": "a-token" },
      body: JSON.stringify({
        webhook_subscription: { webhook_url: URL_OF_ATTACK, events: ["message.sent"], version: 2 },
      }),
    });
    expect(await linq.webhookSubscriptions.list()).toHaveLength(count);
  }
  server.send("request", {
    ...REQUEST,
    id: attack,
    at: attack,
    method: attack,
    path: attack,
    fault: attack,
  });
  server.send("delivery", buildHostile(attack));

  await page.getByRole("listbox").getByRole("option").click();
  await page.getByText("Headers (2)").click();
  await page.getByText("Raw text (81").click();
  await page.getByLabel("Search in the payload").fill(attack);
  const detail = page.locator(".detail");
  await detail.locator("mark").first().waitFor();
  const shown = await detail.innerText();
  for (const name of ["event", "eventId", "from", "url", "header", "value"]) {
    expect(shown, name).toContain(`${attack}-${name}`);
  }
  await page.getByRole("button", { name: "Copy as curl" }).click();
  await page.getByText("Copied.").waitFor();
  await page.getByRole("link", { name: "Sandbox" }).click();
  await page.getByRole("switch", { name: attack }).waitFor();
  await page.getByRole("row").nth(1).getByText(attack).first().waitFor();
  await page.getByRole("link", { name: "Subscriptions" }).click();
  await page.getByText(URL_OF_ATTACK).first().waitFor();
  server.refuse("example", 422, attack);
  await page.getByRole("link", { name: "Send an example" }).click();
  await page.getByLabel("count").waitFor();
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("alert").getByText(attack).waitFor();

  expect(await page.evaluate(() => (globalThis as { hurts?: number }).hurts)).toBe(0);
  expect(await page.locator("img, script:not([src]), iframe, svg[onload]").count()).toBe(0);
  expect(errors).toEqual([]);
  // Nothing was sent elsewhere: the page knows one origin.
  expect([...origins]).toEqual([new URL(server.url).origin]);
});

it("the page puts no value of an attacker into the URL of a link", async () => {
  const { page } = await world.open({
    hash: `#/deliveries?id=javascript:alert(1)&text=${ATTACKS[0] ?? ""}`,
  });
  const schemes = await page.evaluate(() => [...document.links].map(({ protocol }) => protocol));
  expect([...new Set(schemes)]).toEqual(["http:"]);
});

function buildHostile(attack: string): PageDelivery {
  const value = { [attack]: attack, element: ELEMENT, list: [attack] };
  return buildDelivery({
    id: attack,
    event: `${attack}-event`,
    eventId: `${attack}-eventId`,
    from: `${attack}-from`,
    url: `${attack}-url`,
    forward: { status: null, duration: 1, error: attack },
    headers: [
      [`${attack}-header`, `${attack}-value`],
      ["x", attack],
    ],
    body: JSON.stringify(value),
  });
}

const REQUEST = { status: 200, duration: 3 };
